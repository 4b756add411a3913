using System.Text;

namespace S3Cassandra.Storage.Identifiers;

/// <summary>
/// An object's key: 1 to 1,024 opaque bytes that are valid UTF-8. Ordered and compared as bytes, never as UTF-16.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"/>
public readonly struct ObjectKey : IEquatable<ObjectKey>, IComparable<ObjectKey>
{
    public const int MaxBytes = 1024;

    private readonly byte[]? _utf8;

    private ObjectKey(byte[] utf8) => _utf8 = utf8;

    public ReadOnlyMemory<byte> Memory => _utf8;

    public ReadOnlySpan<byte> Span => _utf8;

    public int Length => _utf8?.Length ?? 0;

    /// <summary>Takes ownership of <paramref name="utf8"/>; false when empty, too long or not UTF-8.</summary>
    public static bool TryCreate(byte[] utf8, out ObjectKey key)
    {
        var valid = utf8.Length is > 0 and <= MaxBytes && System.Text.Unicode.Utf8.IsValid(utf8);
        key = valid ? new ObjectKey(utf8) : default;
        return valid;
    }

    /// <summary>For keys read back from the store, which were validated when they were written.</summary>
    public static ObjectKey FromStored(ReadOnlySpan<byte> utf8) => new(utf8.ToArray());

    /// <exception cref="ArgumentException">The text is no key; for tests and literals.</exception>
    public static ObjectKey Parse(string text) =>
        TryCreate(Encoding.UTF8.GetBytes(text), out var key) ? key : throw new ArgumentException("Not a valid object key.", nameof(text));

    public int CompareTo(ObjectKey other) => Span.SequenceCompareTo(other.Span);

    public bool Equals(ObjectKey other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is ObjectKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Span);

    public static bool operator ==(ObjectKey left, ObjectKey right) => left.Equals(right);

    public static bool operator !=(ObjectKey left, ObjectKey right) => !left.Equals(right);

    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;
}
