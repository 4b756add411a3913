using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>Writes one blob of an <see cref="InMemoryBlobStore"/>.</summary>
internal sealed class InMemoryBlobWriter(InMemoryBlobStore store, BlobId id, InMemoryBlob blob) : IBlobWriter
{
    public BlobId Id => id;

    public ValueTask WriteAsync(int number, ChunkBuffer buffer, int length, ulong crc64Nvme, CancellationToken cancellationToken)
    {
        store.Put(blob, number, buffer.Memory[..length].ToArray(), crc64Nvme);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        blob.IsComplete = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        store.End(id, blob);
        return ValueTask.CompletedTask;
    }
}
