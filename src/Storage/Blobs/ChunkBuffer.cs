using System.Buffers;

namespace S3Cassandra.Storage.Blobs;

/// <summary>
/// Pooled memory for one chunk, rented from the store that will write it (which may need it aligned, with room for a header in front).
/// Disposing it gives it back; use it once.
/// </summary>
public abstract class ChunkBuffer : IMemoryOwner<byte>
{
    /// <summary>Exactly the chunk size that was asked for; after a chunk was read into it, the chunk, with whatever room there is behind it.</summary>
    public abstract Memory<byte> Memory { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
