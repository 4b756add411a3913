using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// The table <c>part</c>: the parts of uploads, each upload a partition. Broken infrastructure, and an outcome that stays unknown, throw
/// <see cref="StoreUnavailableException"/>.
/// </summary>
internal interface IPartTable
{
    /// <summary>Adds a part, durably; false where a fence is past its stamp.</summary>
    ValueTask<bool> AddAsync(BucketId bucket, UploadId upload, PartRow part, CancellationToken cancellationToken);

    /// <inheritdoc cref="IObjectIndex.ListPartsAsync"/>
    ValueTask<IReadOnlyList<PartRow>> ListAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken);

    /// <inheritdoc cref="IObjectIndex.ReadPartBodyAsync"/>
    ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken);

    /// <summary>Forgets an upload's parts for ever: none that comes late is seen any more. Idempotent.</summary>
    ValueTask RemoveAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken);

    /// <summary>Once this returns, no part of a stamp before the moment is added any more.</summary>
    ValueTask FenceAsync(BucketId bucket, UploadId upload, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Every upload that has part rows, each once.</summary>
    IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsAsync(CancellationToken cancellationToken);
}
