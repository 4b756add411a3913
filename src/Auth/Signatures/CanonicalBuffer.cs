using System.Buffers;
using System.Text;

namespace S3Cassandra.Auth.Signatures;

/// <summary>Bytes that grow: first those given (on the caller's stack), then pooled ones. To be disposed.</summary>
internal ref struct CanonicalBuffer(Span<byte> initial)
{
    private Span<byte> _bytes = initial;
    private byte[]? _rented;
    private int _length;

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => _bytes[.._length];

    /// <summary>At least <paramref name="size"/> bytes to write to, taken over by <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes[_length..];
    }

    /// <summary>Takes over what was written to the reserved bytes.</summary>
    public void Advance(int count) => _length += count;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
    }

    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Appends text as UTF-8.</summary>
    public void Append(scoped ReadOnlySpan<char> text)
    {
        var target = Reserve(text.Length);
        _length += Ascii.FromUtf16(text, target, out var written) == OperationStatus.Done
            ? written
            : Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    /// <summary>Appends the lower-case form of an ASCII name.</summary>
    public void AppendLower(scoped ReadOnlySpan<char> name)
    {
        var target = Reserve(name.Length);
        if (Ascii.ToLower(name, target, out var written) == OperationStatus.Done)
        {
            _length += written;
        }
        else
        {
            Append(name);
        }
    }

    /// <summary>Appends bytes as lower-case hex digits.</summary>
    public void AppendHex(scoped ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out var written);
        _length += written;
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
            _bytes = [];
            _length = 0;
        }
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + size, _bytes.Length * 2));
        _bytes[.._length].CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        _rented = larger;
        _bytes = larger;
    }
}
