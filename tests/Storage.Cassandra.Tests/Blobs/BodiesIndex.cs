using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Parts;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>Rows in memory, with what an index has to do with blobs and parts done in Cassandra.</summary>
internal sealed class BodiesIndex(SuspectTable suspects, PartTable parts) : IObjectIndex
{
    private readonly IObjectIndex _rows = new InMemoryStore().Index;

    public async ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        var owner = new BlobOwner(commit.Bucket, commit.Key, null);
        var named = commit.Releases.Select(blob => Suspicion.Released(blob, owner)).ToList();
        if (commit.EndsUpload is { } upload)
        {
            named.Add(Suspicion.Ended(commit.Bucket, commit.Key, upload));
        }

        if (named.Count > 0)
        {
            await suspects.NameAsync(named, cancellationToken);
        }

        return await _rows.CommitAsync(commit, cancellationToken);
    }

    public async ValueTask<bool> AddPartAsync(BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken) =>
        await _rows.ReadAsync(bucket, new KeyRead(key) { Upload = upload.ToBytes() }, cancellationToken) is { Rows: [.., _] } rows
        && rows.Find(new RowAddress(IndexSection.Upload, upload.ToBytes())) is not null
        && await parts.AddAsync(bucket, upload, part, cancellationToken);

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        parts.ListAsync(bucket, upload, afterNumber, limit, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        parts.ReadBodyAsync(bucket, upload, number, stamp, cancellationToken);

    public ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken) =>
        parts.RemoveAsync(bucket, upload, cancellationToken);

    public async ValueTask FenceAsync(BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await _rows.FenceAsync(bucket, key, upload, before, cancellationToken);
        if (upload is { } fenced)
        {
            await parts.FenceAsync(bucket, fenced, before, cancellationToken);
        }
    }

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        parts.ListUploadsAsync(cancellationToken);

    public ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        _rows.CreateBucketAsync(bucket, configuration, cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        _rows.ExistingAsync(buckets, cancellationToken);

    public ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken) =>
        _rows.GetConfigurationAsync(bucket, cancellationToken);

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        _rows.ChangeConfigurationAsync(bucket, epoch, configuration, cancellationToken);

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken) =>
        _rows.RemoveBucketAsync(bucket, cancellationToken);

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken) =>
        _rows.ReadAsync(bucket, read, cancellationToken);

    public ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken) => _rows.ScanAsync(range, cancellationToken);

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => _rows.ListBucketsAsync(cancellationToken);
}
