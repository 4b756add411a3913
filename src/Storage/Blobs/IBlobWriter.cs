namespace S3Cassandra.Storage.Blobs;

/// <summary>
/// A blob being written. Chunks are numbered from 0; all but the last are of the blob's chunk size. Disposing a writer that was not
/// completed deletes what it wrote, at once: nothing can refer to it.
/// </summary>
public interface IBlobWriter : IAsyncDisposable
{
    Identifiers.BlobId Id { get; }

    /// <summary>
    /// Writes a chunk; several may be in flight, in any order. The buffer must be one of <see cref="IBlobStore.RentChunkAsync"/> and stays
    /// the caller's; it may be read until the task ends.
    /// </summary>
    /// <param name="number">The chunk's number.</param>
    /// <param name="buffer">The chunk's bytes, from the start.</param>
    /// <param name="length">How many.</param>
    /// <param name="crc64Nvme">CRC-64/NVME of those bytes, stored beside them and verified at every read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask WriteAsync(int number, ChunkBuffer buffer, int length, ulong crc64Nvme, CancellationToken cancellationToken);

    /// <summary>Makes all chunks durable. After this a commit may refer to the blob, and disposing leaves it to the sweeper.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
