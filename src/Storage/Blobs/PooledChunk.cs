namespace S3Cassandra.Storage.Blobs;

/// <summary>A region of the pool, on loan.</summary>
internal sealed class PooledChunk(ChunkPool pool, ChunkRegion region, int size) : ChunkBuffer
{
    private ChunkRegion? _region = region;

    public override Memory<byte> Memory => Region.Memory[..size];

    public ChunkRegion Region => _region ?? throw new ObjectDisposedException(nameof(ChunkBuffer));

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _region, null) is { } region)
        {
            pool.Return(region);
        }
    }
}
