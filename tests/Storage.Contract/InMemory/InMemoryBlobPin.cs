using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>A pin that stays fresh until a test says otherwise.</summary>
internal sealed class InMemoryBlobPin(Action release) : IBlobPin
{
    private int _released;

    public bool IsFresh => _released == 0;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
