using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Deletes: the current object, a version for good, or by a delete marker, as the bucket's versioning has it.</summary>
public sealed class ObjectRemover(
    IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs, TimeProvider time, Random? random = null)
{
    private readonly KeyCommitter _committer = new(index, configurations, blobs, time, random);

    /// <summary>
    /// Done also when there was nothing to delete, with no version then; else with the version removed or the marker made.
    /// PreconditionFailed, NotFound (If-Match of a key without versions), Conflict, BucketGone or Unknown otherwise.
    /// </summary>
    public ValueTask<WriteOutcome> DeleteAsync(
        BucketId bucket, ObjectKey key, VersionId? version, WriteConditions conditions, ObjectOwner owner, CancellationToken cancellationToken) =>
        _committer.RunAsync(
            version is { } id
                ? new RemoveVersionChange(bucket, key, id, conditions, time)
                : new DeleteChange(bucket, key, conditions, owner, time),
            cancellationToken);
}
