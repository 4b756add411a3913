using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Replaces the tags of a version, in a commit that changes nothing else of it.</summary>
public sealed class ObjectTagging(IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs, TimeProvider time)
{
    private readonly KeyCommitter _committer = new(index, configurations, blobs, time);

    /// <summary>
    /// Done; NotFound of the key or the version, with the version where it is a delete marker; Conflict, BucketGone or Unknown.
    /// </summary>
    public ValueTask<WriteOutcome> SetAsync(
        BucketId bucket, ObjectKey key, VersionId? version, IReadOnlyList<ObjectTag> tags, CancellationToken cancellationToken) =>
        _committer.RunAsync(
            new DescriptionChange(bucket, key, version, record => record with { Tags = tags }, time), cancellationToken);
}
