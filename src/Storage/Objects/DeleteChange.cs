using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>A DELETE without a version id: removes the object of an unversioned bucket, and puts a delete marker on top in any other.</summary>
internal sealed class DeleteChange(BucketId bucket, ObjectKey key, WriteConditions conditions, ObjectOwner owner, TimeProvider time) : IKeyChange
{
    private readonly NewVersionChange _marker = new(
        new VersionWrite
        {
            Bucket = bucket,
            Key = key,
            Version = new ObjectRecord { Owner = owner, IsDeleteMarker = true },
            Conditions = conditions,
            Started = time.GetUtcNow(),
        },
        time);

    public BucketId Bucket => bucket;

    public KeyRead Read => new(key);

    public bool IsConditional => conditions.Any;

    public KeyStep Next(KeyRead read, KeyRows rows, VersioningState versioning)
    {
        if (versioning != VersioningState.Unversioned)
        {
            return _marker.Next(read, rows, versioning);
        }

        var head = KeyHead.Of(rows);
        var refusal = conditions.Check(head?.Record, isDelete: true);
        if (refusal != WriteStatus.Done || head is null)
        {
            return KeyStep.End(refusal);
        }

        var commit = new KeyCommit { Started = time.GetUtcNow() };
        commit.Deletes.Add(head.Row.Address);
        commit.Releases.Add(head.Record);
        return new KeyStep(new WriteOutcome(WriteStatus.Done, head.Record)) { Commit = commit };
    }
}
