using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>A pin in this process, which is the only one: always fresh.</summary>
internal sealed class BlobPin(BlobHolds holds, BlobId blob) : IBlobPin
{
    private int _released;

    public bool IsFresh => Volatile.Read(ref _released) == 0;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            holds.Release(blob);
        }
    }
}
