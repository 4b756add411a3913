using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Objects;

/// <summary>Replaces the tags of a version, in a commit that changes nothing else of it.</summary>
public sealed class ObjectTagging(IObjectIndex index, TimeProvider time)
{
    /// <summary>Done, NotFound (of the key or the version, or a delete marker), Conflict, BucketGone or Unknown.</summary>
    public ValueTask<WriteOutcome> SetAsync(
        BucketId bucket, ObjectKey key, VersionId? version, IReadOnlyList<ObjectTag> tags, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{index} {time} {bucket} {key} {version} {tags} {cancellationToken}");
}
