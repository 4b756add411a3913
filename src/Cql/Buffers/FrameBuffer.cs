using System.Buffers;

namespace S3Cassandra.Cql.Buffers;

/// <summary>
/// A growing run of bytes to be sent, in which large values are named instead of copied: the caller's own memory goes to the socket.
/// Not safe for concurrent use; memory that is named must stay as it is until the bytes have been sent.
/// </summary>
internal sealed class FrameBuffer : IBufferWriter<byte>
{
    /// <summary>From this size a value is named, not copied: below it a system call of its own costs more than copying.</summary>
    public const int ByReferenceMinimum = 16 * 1024;

    private const int InitialSize = 512;
    private const int LargestKept = 32 * 1024;

    private byte[] _bytes = [];
    private int _length;
    private Reference[] _references = [];
    private int _referenceCount;
    private int _referencedBytes;

    /// <summary>All bytes, those of named memory included.</summary>
    public int Length => _length + _referencedBytes;

    /// <summary>Bytes that lie in this buffer itself.</summary>
    public int OwnLength => _length;

    /// <summary>The bytes that lie in this buffer itself, in order; the references say where others go between them.</summary>
    public ReadOnlySpan<byte> OwnSpan => _bytes.AsSpan(0, _length);

    public ReadOnlyMemory<byte> OwnMemory => _bytes.AsMemory(0, _length);

    public ReadOnlySpan<Reference> References => _references.AsSpan(0, _referenceCount);

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var size = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }
        return _bytes.AsSpan(_length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _ = GetSpan(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public void Advance(int count) => _length += count;

    /// <summary>Room for <paramref name="count"/> bytes that the caller fills at once.</summary>
    public Span<byte> Take(int count)
    {
        var span = GetSpan(count)[..count];
        _length += count;
        return span;
    }

    /// <summary>Bytes already written, to be changed in place (a length that is known only at the end). Only this buffer's own count.</summary>
    public Span<byte> OwnRange(int at, int count) => _bytes.AsSpan(at, count);

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Appends bytes by name when they are many, by copy when they are few.</summary>
    public void Append(ReadOnlyMemory<byte> memory)
    {
        if (memory.Length < ByReferenceMinimum)
        {
            Append(memory.Span);
            return;
        }
        AppendReference(memory);
    }

    /// <summary>Appends another buffer's bytes; what it only names is only named here too.</summary>
    public void Append(FrameBuffer other)
    {
        var from = 0;
        foreach (var reference in other.References)
        {
            Append(other.OwnSpan[from..reference.At]);
            AppendReference(reference.Memory);
            from = reference.At;
        }
        Append(other.OwnSpan[from..]);
    }

    /// <summary>Empties the buffer for its next use and lets go of named memory; more than 32 KiB of own memory goes back to the pool.</summary>
    public void Reset()
    {
        _length = 0;
        _referencedBytes = 0;
        if (_referenceCount > 0)
        {
            Array.Clear(_references, 0, _referenceCount);
            _referenceCount = 0;
        }
        if (_bytes.Length > LargestKept)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void AppendReference(ReadOnlyMemory<byte> memory)
    {
        if (_referenceCount == _references.Length)
        {
            Array.Resize(ref _references, Math.Max(2, _referenceCount * 2));
        }
        _references[_referenceCount++] = new Reference(_length, memory);
        _referencedBytes = checked(_referencedBytes + memory.Length);
    }

    private void Grow(int size)
    {
        var wanted = Math.Max(Math.Max(InitialSize, _bytes.Length * 2), checked(_length + size));
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
        _bytes = larger;
    }

    /// <summary>Memory that goes between the buffer's own bytes, before the one at <paramref name="At"/>.</summary>
    public readonly record struct Reference(int At, ReadOnlyMemory<byte> Memory);
}
