namespace S3Cassandra.Storage.Blobs;

/// <summary>What is on loan from the pool: a region of it, or memory that a reader took in its place.</summary>
internal sealed class PooledChunk(ChunkPool pool, ChunkRegion region, int size) : ChunkBuffer
{
    private readonly int _capacity = region.Capacity;
    private ChunkRegion? _region = region;
    private Memory<byte> _memory = region.Memory[..size];
    private IDisposable? _owner;
    private int _returned;

    public override Memory<byte> Memory => Volatile.Read(ref _returned) == 0 ? _memory : throw new ObjectDisposedException(nameof(ChunkBuffer));

    /// <summary>What was asked for.</summary>
    public int Size => size;

    public ChunkRegion Region => _region ?? throw new ObjectDisposedException(nameof(ChunkBuffer));

    /// <summary>
    /// Takes memory that holds a chunk already in place of the region, which others may have; on loan stays as much as before. Copied into
    /// the region instead, chunks from Cassandra were served 5 % slower (seven and eight rounds in turns, objects of 64 and of 1 MiB).
    /// </summary>
    /// <param name="memory">The chunk; nobody else writes there.</param>
    /// <param name="owner">Disposed when the chunk is.</param>
    public void Replace(Memory<byte> memory, IDisposable owner)
    {
        if (_region is { } region)
        {
            pool.Keep(region);
        }

        _owner?.Dispose();
        (_region, _memory, _owner) = (null, memory, owner);
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
        {
            _owner?.Dispose();
            pool.EndLoan(_capacity, _region);
            _region = null;
        }
    }
}
