using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.IndexLoad;

/// <summary>No load here has parts.</summary>
internal sealed class NoParts : IPartTable
{
    public ValueTask<bool> AddAsync(BucketId bucket, UploadId upload, PartRow part, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<PartRow>> ListAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask RemoveAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask FenceAsync(BucketId bucket, UploadId upload, DateTimeOffset before, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
