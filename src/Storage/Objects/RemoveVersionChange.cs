using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// A DELETE of one version, for good. Where it was the current one, the next newest takes its place as the head, in the same commit; with
/// the last version the head goes.
/// </summary>
internal sealed class RemoveVersionChange(BucketId bucket, ObjectKey key, VersionId version, WriteConditions conditions, TimeProvider time)
    : IKeyChange
{
    public BucketId Bucket => bucket;

    /// <summary>With bodies: the head is written anew, or another row becomes the head.</summary>
    public KeyRead Read => new(key, WithBody: true, Version: version.IsNull ? null : version.ToBytes(), NewestVersions: 2);

    public bool IsConditional => conditions.Any;

    public KeyStep Next(KeyRead read, KeyRows rows, VersioningState versioning)
    {
        var head = KeyHead.Of(rows);
        var refusal = conditions.Check(head?.Record, isDelete: true);
        if (refusal != WriteStatus.Done || head is null)
        {
            return KeyStep.End(refusal);
        }

        if (!head.Record.HasVersionRows)
        {
            return head.Record.VersionId == version ? RemoveOnly(head) : KeyStep.End(WriteStatus.Done);
        }

        var suffix = version.IsNull ? head.NullSuffix : version.ToBytes();
        if (suffix.IsEmpty)
        {
            return KeyStep.End(WriteStatus.Done);
        }

        if (!read.Version.Span.SequenceEqual(suffix.Span))
        {
            return KeyStep.Further(read with { Version = suffix });
        }

        return rows.Find(new RowAddress(IndexSection.Version, suffix)) is { } row ? Remove(head, rows, row) : KeyStep.End(WriteStatus.Done);
    }

    private KeyStep RemoveOnly(KeyHead head)
    {
        var commit = new KeyCommit { Started = time.GetUtcNow() };
        commit.Deletes.Add(head.Row.Address);
        commit.Releases.Add(head.Record);
        return new KeyStep(new WriteOutcome(WriteStatus.Done, head.Record)) { Commit = commit };
    }

    private KeyStep Remove(KeyHead head, KeyRows rows, IndexRow row)
    {
        var removed = ObjectRecordCodec.Decode(row.Record);
        var commit = new KeyCommit { Started = time.GetUtcNow() };
        commit.Deletes.Add(row.Address);
        commit.Releases.Add(removed);
        var nullSuffix = version.IsNull ? default : head.NullSuffix;
        if (head.Record.VersionId != version)
        {
            commit.Writes.Add(KeyHead.HeadRow(head.Record with { NullVersionSuffix = nullSuffix }, head.Row.Body));
        }
        else if (Newest(rows, except: row.Address) is { } next)
        {
            var promoted = ObjectRecordCodec.Decode(next.Record) with
            {
                HasVersionRows = true,
                NullVersionSuffix = nullSuffix,
                Clock = head.Record.Clock,
            };
            commit.Writes.Add(KeyHead.HeadRow(promoted, next.Body));
            if (KeyHead.AddressFor(promoted) != head.Row.Address)
            {
                commit.Deletes.Add(head.Row.Address);
            }
        }
        else
        {
            commit.Deletes.Add(head.Row.Address);
        }

        return new KeyStep(new WriteOutcome(WriteStatus.Done, removed)) { Commit = commit };
    }

    /// <summary>Rows come in order, newest version first.</summary>
    private static IndexRow? Newest(KeyRows rows, RowAddress except)
    {
        foreach (var row in rows.Rows)
        {
            if (row.Address.Section == IndexSection.Version && row.Address != except)
            {
                return row;
            }
        }

        return null;
    }
}
