using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>A new current version: an object, or a delete marker.</summary>
internal sealed class NewVersionChange(VersionWrite write, TimeProvider time) : IKeyChange
{
    public BucketId Bucket => write.Bucket;

    public KeyRead Read => new(write.Key, Upload: write.EndsUpload is { } upload ? upload.Id.ToBytes() : null);

    public bool IsConditional => write.Conditions.Any;

    public KeyStep Next(KeyRead read, KeyRows rows, VersioningState versioning)
    {
        var head = KeyHead.Of(rows);
        if (write.EndsUpload is { } upload && rows.Find(new RowAddress(IndexSection.Upload, upload.Id.ToBytes()))?.Ver != upload.Ver)
        {
            return KeyStep.End(WriteStatus.UploadGone);
        }

        var refusal = write.Conditions.Check(head?.Record, write.Version.IsDeleteMarker);
        if (refusal != WriteStatus.Done)
        {
            return KeyStep.End(refusal);
        }

        return versioning switch
        {
            VersioningState.Unversioned => Overwrite(head),
            VersioningState.Enabled => AddVersion(read, head),
            _ => ReplaceNullVersion(read, rows, head),
        };
    }

    private static void Replace(KeyCommit commit, KeyHead? head, ObjectRecord version, ReadOnlyMemory<byte> body)
    {
        commit.Writes.Add(KeyHead.HeadRow(version, body));
        if (head is not null && head.Row.Address != KeyHead.AddressFor(version))
        {
            commit.Deletes.Add(head.Row.Address);
        }
    }

    private KeyStep Overwrite(KeyHead? head)
    {
        var commit = Begin();
        var version = Complete(head, VersionId.Null);
        Replace(commit, head, version, write.InlineBody);
        if (head is not null)
        {
            commit.Releases.Add(head.Record);
        }

        return Commit(commit, version);
    }

    private KeyStep AddVersion(KeyRead read, KeyHead? head)
    {
        var commit = Begin();
        var nullSuffix = head?.NullSuffix ?? default;
        if (head is { Record.HasVersionRows: false })
        {
            // The key's first write since versioning was enabled: the object there becomes its null version, with a row of its own.
            if (head.IsInline && !read.WithBody)
            {
                return KeyStep.Further(read with { WithBody = true });
            }

            nullSuffix = VersionId.New(head.Record.Clock).ToBytes();
            commit.Writes.Add(KeyHead.VersionRow(nullSuffix, head.Record, head.Row.Body));
        }

        var clock = NextClock(head);
        var version = Complete(head, VersionId.New(clock)) with { Clock = clock, HasVersionRows = true, NullVersionSuffix = nullSuffix };
        Replace(commit, head, version, write.InlineBody);
        commit.Writes.Add(KeyHead.VersionRow(version.VersionId.ToBytes(), version, write.InlineBody));
        return Commit(commit, version);
    }

    private KeyStep ReplaceNullVersion(KeyRead read, KeyRows rows, KeyHead? head)
    {
        var commit = Begin();
        if (head is { Record.HasVersionRows: false })
        {
            commit.Releases.Add(head.Record);
        }
        else if (head is not null && !head.NullSuffix.IsEmpty)
        {
            if (!head.Record.VersionId.IsNull && !read.Version.Span.SequenceEqual(head.NullSuffix.Span))
            {
                return KeyStep.Further(read with { Version = head.NullSuffix });
            }

            var address = new RowAddress(IndexSection.Version, head.NullSuffix);
            var old = head.Record.VersionId.IsNull ? head.Record : rows.Find(address) is { } row ? ObjectRecordCodec.Decode(row.Record) : null;
            commit.Deletes.Add(address);
            if (old is not null)
            {
                commit.Releases.Add(old);
            }
        }

        var clock = NextClock(head);
        var suffix = VersionId.New(clock).ToBytes();
        var version = Complete(head, VersionId.Null) with { Clock = clock, HasVersionRows = true, NullVersionSuffix = suffix };
        Replace(commit, head, version, write.InlineBody);
        commit.Writes.Add(KeyHead.VersionRow(suffix, version, write.InlineBody));
        return Commit(commit, version);
    }

    private static KeyStep Commit(KeyCommit commit, ObjectRecord version) =>
        new(new WriteOutcome(WriteStatus.Done, version)) { Commit = commit };

    private KeyCommit Begin() => new() { Started = StartedNow(), EndsUpload = write.EndsUpload };

    /// <summary>A version whose bytes live in its row refers to no blob: nothing of it is old.</summary>
    private DateTimeOffset StartedNow() =>
        write.Version.Parts.Count == 0 && write.Version.Manifest is null ? time.GetUtcNow() : write.Started;

    private ObjectRecord Complete(KeyHead? head, VersionId id) => write.Version with
    {
        VersionId = id,
        Clock = NextClock(head),
        LastModified = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
        HasVersionRows = false,
        NullVersionSuffix = default,
    };

    /// <summary>Microseconds since 1970, and above every clock that the key has had.</summary>
    private ulong NextClock(KeyHead? head)
    {
        var micros = (ulong)((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return head is null ? micros : Math.Max(micros, head.Record.Clock + 1);
    }
}
