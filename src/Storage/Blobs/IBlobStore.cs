using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Blobs;

/// <summary>
/// Immutable blobs, cut in chunks, by (blob id, number). Broken infrastructure throws <see cref="StoreUnavailableException"/>, a full
/// device <see cref="StoreFullException"/>; a chunk that is missing or fails its checksum throws <see cref="CorruptDataException"/>.
/// </summary>
public interface IBlobStore
{
    /// <summary>The chunk size for new blobs, in bytes (512 KiB unless configured).</summary>
    int ChunkSize { get; }

    /// <summary>Bytes of chunk buffers that may be on loan at once: what <see cref="RentChunkAsync"/> waits for.</summary>
    long PoolBytes { get; }

    /// <summary>Memory for one chunk, out of a bounded pool: waits while the pool is exhausted, which is how uploads are held back.</summary>
    ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken);

    /// <summary>Begins a blob with a fresh id, named as a suspect, durably, before its first chunk.</summary>
    ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken);

    /// <summary>Reads and verifies a chunk into <paramref name="buffer"/>; returns its length.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="chunkSize">The chunk size that the blob was written with.</param>
    /// <param name="number">The chunk's number.</param>
    /// <param name="buffer">Rented here, of at least the chunk size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken);

    ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken);

    /// <summary>Suspects named before <paramref name="before"/>, oldest first, none of a blob that a live writer here still holds.</summary>
    IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Notes that a first look found no reference.</summary>
    ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets a suspicion, and nothing else.</summary>
    ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken);

    /// <summary>Frees a blob that nothing refers to, unless it is pinned: false, and it stays a suspect.</summary>
    ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken);

    /// <summary>Whose a blob was when it was begun, for fsck; null where the store does not know any more.</summary>
    ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken);

    /// <summary>Every blob that there is, for fsck.</summary>
    IAsyncEnumerable<BlobId> ListAsync(CancellationToken cancellationToken);

    /// <summary>In how many ranges the blobs can be listed, one after the other: a check can go on where it was left.</summary>
    int ListRanges => 1;

    /// <summary>Every blob of one range.</summary>
    IAsyncEnumerable<BlobId> ListAsync(int range, CancellationToken cancellationToken) => ListAsync(cancellationToken);
}
