using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Other tags or another access control list for a version; nothing else of it changes.</summary>
internal sealed class DescriptionChange(
    BucketId bucket, ObjectKey key, VersionId? version, Func<ObjectRecord, ObjectRecord> change, TimeProvider time) : IKeyChange
{
    public BucketId Bucket => bucket;

    /// <summary>With bodies: rows are written anew.</summary>
    public KeyRead Read => new(key, WithBody: true, Version: version is { IsNull: false } id ? id.ToBytes() : null);

    public bool IsConditional => false;

    public KeyStep Next(KeyRead read, KeyRows rows, VersioningState versioning)
    {
        if (KeyHead.Of(rows) is not { } head)
        {
            return KeyStep.End(WriteStatus.NotFound);
        }

        if (version is null || head.Record.VersionId == version)
        {
            return head.Record.IsDeleteMarker ? Refuse(head.Record) : ChangeCurrent(head);
        }

        var suffix = version.Value.IsNull ? head.NullSuffix : version.Value.ToBytes();
        if (suffix.IsEmpty)
        {
            return KeyStep.End(WriteStatus.NotFound);
        }

        if (!read.Version.Span.SequenceEqual(suffix.Span))
        {
            return KeyStep.Further(read with { Version = suffix });
        }

        if (rows.Find(new RowAddress(IndexSection.Version, suffix)) is not { } row)
        {
            return KeyStep.End(WriteStatus.NotFound);
        }

        var record = ObjectRecordCodec.Decode(row.Record);
        return record.IsDeleteMarker ? Refuse(record) : ChangeOlder(head, suffix, change(record), row.Body);
    }

    /// <summary>A delete marker has neither; the outcome carries it so that the answer can say so.</summary>
    private static KeyStep Refuse(ObjectRecord marker) => new(new WriteOutcome(WriteStatus.NotFound, marker));

    private KeyStep ChangeCurrent(KeyHead head)
    {
        var commit = new KeyCommit { Started = time.GetUtcNow() };
        var changed = change(head.Record);
        commit.Writes.Add(KeyHead.HeadRow(changed, head.Row.Body));
        if (changed.HasVersionRows)
        {
            var suffix = changed.VersionId.IsNull ? head.NullSuffix : changed.VersionId.ToBytes();
            commit.Writes.Add(KeyHead.VersionRow(suffix, changed, head.Row.Body));
        }

        return new KeyStep(new WriteOutcome(WriteStatus.Done, changed)) { Commit = commit };
    }

    private KeyStep ChangeOlder(KeyHead head, ReadOnlyMemory<byte> suffix, ObjectRecord changed, ReadOnlyMemory<byte> body)
    {
        var commit = new KeyCommit { Started = time.GetUtcNow() };
        commit.Writes.Add(KeyHead.VersionRow(suffix, changed, body));
        commit.Writes.Add(KeyHead.HeadRow(head.Record, head.Row.Body));
        return new KeyStep(new WriteOutcome(WriteStatus.Done, changed)) { Commit = commit };
    }
}
