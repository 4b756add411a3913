using System.Collections.Concurrent;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>An index whose calls meet the faults of a plan.</summary>
public sealed class FaultyIndex(IObjectIndex inner, FaultPlan plan) : IObjectIndex
{
    private readonly ConcurrentQueue<KeyRead> _reads = new();

    /// <summary>What has been asked for of single keys, in order.</summary>
    public IReadOnlyCollection<KeyRead> Reads => _reads;

    public ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.CreateBucketAsync", () => inner.CreateBucketAsync(bucket, configuration, cancellationToken));

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.ExistingAsync", false, () => inner.ExistingAsync(buckets, cancellationToken));

    public ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.GetConfigurationAsync", false, () => inner.GetConfigurationAsync(bucket, cancellationToken));

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        plan.RunAsync(
            "Index.ChangeConfigurationAsync",
            ConfigurationChange.Unknown,
            () => inner.ChangeConfigurationAsync(bucket, epoch, configuration, cancellationToken));

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.RemoveBucketAsync", BucketRemoval.Unknown, () => inner.RemoveBucketAsync(bucket, cancellationToken));

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        _reads.Enqueue(read);
        return plan.RunAsync("Index.ReadAsync", false, () => inner.ReadAsync(bucket, read, cancellationToken));
    }

    public ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.CommitAsync", new CommitResult(CommitOutcome.Unknown), () => inner.CommitAsync(commit, cancellationToken));

    public ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.ScanAsync", false, () => inner.ScanAsync(range, cancellationToken));

    public ValueTask<bool> AddPartAsync(
        BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.AddPartAsync", true, () => inner.AddPartAsync(bucket, key, upload, part, cancellationToken));

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.ListPartsAsync", false, () => inner.ListPartsAsync(bucket, upload, afterNumber, limit, cancellationToken));

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.ReadPartBodyAsync", false, () => inner.ReadPartBodyAsync(bucket, upload, number, stamp, cancellationToken));

    public ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.RemovePartsAsync", () => inner.RemovePartsAsync(bucket, upload, cancellationToken));

    public ValueTask FenceAsync(
        BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken) =>
        plan.RunAsync("Index.FenceAsync", () => inner.FenceAsync(bucket, key, upload, before, cancellationToken));

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => inner.ListBucketsAsync(cancellationToken);

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        inner.ListUploadsWithPartsAsync(cancellationToken);
}
