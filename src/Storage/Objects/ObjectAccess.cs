using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Replaces the access control list of a version, in a commit that changes nothing else of it.</summary>
public sealed class ObjectAccess(IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs, TimeProvider time)
{
    private readonly KeyCommitter _committer = new(index, configurations, blobs, time);

    /// <summary>
    /// Done; NotFound of the key or the version, with the version where it is a delete marker; Conflict, BucketGone or Unknown.
    /// <paramref name="acl"/> gives the packed list for the version as it is; it may be asked several times, and may throw.
    /// </summary>
    public ValueTask<WriteOutcome> SetAsync(
        BucketId bucket, ObjectKey key, VersionId? version, Func<ObjectRecord, ReadOnlyMemory<byte>> acl, CancellationToken cancellationToken) =>
        _committer.RunAsync(
            new DescriptionChange(bucket, key, version, record => record with { Acl = acl(record) }, time), cancellationToken);
}
