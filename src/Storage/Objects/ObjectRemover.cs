using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Objects;

/// <summary>Deletes: the current object, a version for good, or by a delete marker, as the bucket's versioning has it.</summary>
public sealed class ObjectRemover(IObjectIndex index, VersionWriter versions, TimeProvider time)
{
    /// <summary>Done also when there was nothing to delete, with no version then.</summary>
    public ValueTask<WriteOutcome> DeleteAsync(
        BucketId bucket, ObjectKey key, VersionId? version, WriteConditions conditions, ObjectOwner owner, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{index} {versions} {time} {bucket} {key} {version} {conditions} {owner} {cancellationToken}");
}
