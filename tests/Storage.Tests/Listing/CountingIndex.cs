using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Tests.Listing;

/// <summary>Counts what scans read.</summary>
internal sealed class CountingIndex(IObjectIndex inner) : IObjectIndex
{
    public int Scans { get; private set; }

    /// <summary>How many rows all scans gave.</summary>
    public int Count { get; private set; }

    public async ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken)
    {
        var page = await inner.ScanAsync(range, cancellationToken);
        Scans++;
        Count += page?.Rows.Count ?? 0;
        return page;
    }

    public ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        inner.CreateBucketAsync(bucket, configuration, cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        inner.ExistingAsync(buckets, cancellationToken);

    public ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken) =>
        inner.GetConfigurationAsync(bucket, cancellationToken);

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        inner.ChangeConfigurationAsync(bucket, epoch, configuration, cancellationToken);

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken) =>
        inner.RemoveBucketAsync(bucket, cancellationToken);

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken) =>
        inner.ReadAsync(bucket, read, cancellationToken);

    public ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken) =>
        inner.CommitAsync(commit, cancellationToken);

    public ValueTask<bool> AddPartAsync(
        BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken) =>
        inner.AddPartAsync(bucket, key, upload, part, cancellationToken);

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        inner.ListPartsAsync(bucket, upload, afterNumber, limit, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        inner.ReadPartBodyAsync(bucket, upload, number, stamp, cancellationToken);

    public ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken) =>
        inner.RemovePartsAsync(bucket, upload, cancellationToken);

    public ValueTask FenceAsync(
        BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.FenceAsync(bucket, key, upload, before, cancellationToken);

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => inner.ListBucketsAsync(cancellationToken);

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        inner.ListUploadsWithPartsAsync(cancellationToken);
}
