using System.Buffers.Binary;
using System.Security.Cryptography;

namespace S3Cassandra.Storage.Identifiers;

/// <summary>
/// A version's id. Sixteen bytes that sort newest first: the complement of a hybrid clock (8 bytes, big-endian) and 8 random ones.
/// <see cref="Null"/> (all zero) is S3's version "null", what a bucket without versioning writes.
/// As text: "null", or 32 lower-case hexadecimal digits.
/// </summary>
public readonly record struct VersionId(UInt128 Value)
{
    public const int ByteLength = 16;

    public static VersionId Null => default;

    public bool IsNull => Value == UInt128.Zero;

    /// <summary>The hybrid clock that the version was made with; 0 for <see cref="Null"/>.</summary>
    public ulong Clock => IsNull ? 0 : ~(ulong)(Value >> 64);

    /// <summary>A fresh id for the clock value, which must be above that of the key's newest version.</summary>
    public static VersionId New(ulong clock)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        return new VersionId(new UInt128(~clock, BinaryPrimitives.ReadUInt64BigEndian(random)));
    }

    public static bool TryParse(ReadOnlySpan<char> text, out VersionId id)
    {
        id = default;
        if (text is "null")
        {
            return true;
        }

        return text.Length == 32
            && HexDigits.AreAll(text)
            && UInt128.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value)
            && value != UInt128.Zero
            && (id = new VersionId(value)) != default;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public static VersionId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public override string ToString() => IsNull ? "null" : Value.ToString("x32", null);
}
