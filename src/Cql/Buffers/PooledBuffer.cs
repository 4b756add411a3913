namespace S3Cassandra.Cql.Buffers;

/// <summary>Memory of one answer, borrowed from <see cref="BufferPool"/>. Whoever holds it last calls <see cref="Release"/>, once.</summary>
internal sealed class PooledBuffer(byte[] array, int sizeClass)
{
    private int _released;

    public byte[] Array { get; } = array;

    /// <summary>The bytes in use, from the array's start.</summary>
    public int Length { get; private set; }

    public Memory<byte> Memory => Array.AsMemory(0, Length);

    public Span<byte> Span => Array.AsSpan(0, Length);

    /// <summary>The class of the pool that it goes back to; -1 when it is too large to be kept.</summary>
    internal int SizeClass { get; } = sizeClass;

    /// <summary>Gives the memory back. A second call is a defect of the caller, and one that would let two answers share memory: it throws.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
        {
            throw new InvalidOperationException("The buffer was released already.");
        }
        BufferPool.Return(this);
    }

    internal void Lend(int length)
    {
        Length = length;
        Volatile.Write(ref _released, 0);
    }
}
