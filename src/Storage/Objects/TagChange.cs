using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Other tags for a version; nothing else of it changes.</summary>
internal sealed class TagChange(BucketId bucket, ObjectKey key, VersionId? version, IReadOnlyList<ObjectTag> tags, TimeProvider time) : IKeyChange
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
            return head.Record.IsDeleteMarker ? Refuse(head.Record) : TagCurrent(head);
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
        return record.IsDeleteMarker ? Refuse(record) : TagOlder(head, suffix, record with { Tags = tags }, row.Body);
    }

    /// <summary>A delete marker has no tags; the outcome carries it so that the answer can say so.</summary>
    private static KeyStep Refuse(ObjectRecord marker) => new(new WriteOutcome(WriteStatus.NotFound, marker));

    private KeyStep TagCurrent(KeyHead head)
    {
        var commit = new KeyCommit { Started = time.GetUtcNow() };
        var tagged = head.Record with { Tags = tags };
        commit.Writes.Add(KeyHead.HeadRow(tagged, head.Row.Body));
        if (tagged.HasVersionRows)
        {
            var suffix = tagged.VersionId.IsNull ? head.NullSuffix : tagged.VersionId.ToBytes();
            commit.Writes.Add(KeyHead.VersionRow(suffix, tagged, head.Row.Body));
        }

        return new KeyStep(new WriteOutcome(WriteStatus.Done, tagged)) { Commit = commit };
    }

    private KeyStep TagOlder(KeyHead head, ReadOnlyMemory<byte> suffix, ObjectRecord tagged, ReadOnlyMemory<byte> body)
    {
        var commit = new KeyCommit { Started = time.GetUtcNow() };
        commit.Writes.Add(KeyHead.VersionRow(suffix, tagged, body));
        commit.Writes.Add(KeyHead.HeadRow(head.Record, head.Row.Body));
        return new KeyStep(new WriteOutcome(WriteStatus.Done, tagged)) { Commit = commit };
    }
}
