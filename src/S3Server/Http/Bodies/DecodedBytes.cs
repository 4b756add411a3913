using System.Buffers;

namespace S3Cassandra.S3Server.Http.Bodies;

/// <summary>
/// Decoded bytes waiting to be consumed, in one piece of pooled memory that grows with what arrives. What is appended may be handed on
/// once it is released.
/// </summary>
internal sealed class DecodedBytes : IDisposable
{
    private const int Initial = 64 * 1024;

    private byte[] _array = [];
    private int _start;
    private int _released;
    private int _end;

    /// <summary>What may be handed on.</summary>
    public ReadOnlySequence<byte> Released => new(_array, _start, _released - _start);

    public int ReleasedLength => _released - _start;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _array.Length - _end)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_array.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Releases everything appended so far.</summary>
    public void Release() => _released = _end;

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _released = _end = 0;
        }
    }

    public void Dispose()
    {
        var array = _array;
        _array = [];
        _start = _released = _end = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void MakeRoom(int count)
    {
        var kept = _end - _start;
        var target = kept + count <= _array.Length ? _array : ArrayPool<byte>.Shared.Rent(Math.Max(Initial, Math.Max(_array.Length * 2, kept + count)));
        _array.AsSpan(_start, kept).CopyTo(target);
        if (target != _array && _array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = target;
        _released -= _start;
        _end = kept;
        _start = 0;
    }
}
