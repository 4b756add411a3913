using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>A chunk's memory out of a pool counted by a semaphore.</summary>
internal sealed class InMemoryChunkBuffer(int size, SemaphoreSlim pool) : ChunkBuffer
{
    private readonly byte[] _memory = new byte[size];
    private int _returned;

    public override Memory<byte> Memory => _returned == 0 ? _memory : throw new ObjectDisposedException(nameof(ChunkBuffer));

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
        {
            pool.Release();
        }
    }
}
