using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Index;

/// <summary>
/// The ordered key space of every bucket. Holds no S3 rule: rows are bytes. Linearizable per key; a scan returns every row that
/// exists throughout the call exactly once, in order, and shows no row that a read after it could not have seen.
/// Reads of a bucket that does not exist return null. Broken infrastructure throws <see cref="StoreUnavailableException"/>;
/// a stored row that fails its own checks throws <see cref="CorruptDataException"/>.
/// </summary>
public interface IObjectIndex
{
    /// <summary>Makes the empty key space of a bucket, at epoch 1. Idempotent for the same record.</summary>
    ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken);

    /// <summary>
    /// Those of some buckets that there are, for much less than their configurations would cost. One that was removed before the call is not
    /// among them, one that was made before it and not removed by its end is.
    /// </summary>
    ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken);

    /// <summary>The configuration in force, or null when there is no such bucket.</summary>
    ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken);

    /// <summary>Moves from <paramref name="epoch"/> to the next one; once applied, no commit of the old epoch applies.</summary>
    ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken);

    /// <summary>Removes the key space if no head, version, hidden head is in it; uploads under way end with it.</summary>
    ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken);

    ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken);

    /// <summary>Commits; several at once may share one write. Never throws for an outcome that <see cref="CommitOutcome"/> can say.</summary>
    ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken);

    ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a part, durably. False when the store knows that the upload is gone or fences the part off; true may still lose to an end of
    /// the upload.
    /// </summary>
    ValueTask<bool> AddPartAsync(BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken);

    /// <summary>Parts above (<paramref name="afterNumber"/>, every stamp), ordered by (number, stamp), without bodies.</summary>
    ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken);

    /// <summary>The body of a part that lives in its row; null when the row is gone.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken);

    /// <summary>Forgets the parts of an upload whose row is gone. Idempotent.</summary>
    ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken);

    /// <summary>
    /// Fences off what is late: once this returns, no commit on the key whose <see cref="IndexCommit.Started"/> lies before
    /// <paramref name="before"/> applies any more, and no part whose <see cref="PartRow.Stamp"/> lies before it is added to
    /// <paramref name="upload"/>. A store may fence more than it was asked to. What has already applied stays.
    /// </summary>
    ValueTask FenceAsync(BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Every key space that there is, for fsck.</summary>
    IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken);

    /// <summary>Every upload that has part rows, whether or not its own row is still there, for fsck.</summary>
    IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken);
}
