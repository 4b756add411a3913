using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded;

/// <summary>One commit, inside a transaction that others share: its conditions are looked at where it stands among them.</summary>
internal sealed class CommitJob : WriteJobOf<CommitResult>
{
    private readonly IndexCommit _commit;

    public CommitJob(IndexCommit commit)
    {
        _commit = commit;
        Size = 512;
        foreach (var write in commit.Writes)
        {
            Size += write.Record.Length + write.Body.Length;
            HasBody |= write.Body.Length > 0;
        }
    }

    /// <summary>Whether it stores an object's bytes, and so is refused when the device is nearly full.</summary>
    public bool HasBody { get; }

    public override void CompleteUnknown(StoreUnavailableException reason) => CompleteWith(new CommitResult(CommitOutcome.Unknown));

    protected override CommitResult Run(SqliteWriter writer)
    {
        if (writer.FindBucket(_commit.Bucket) is not { } bucket)
        {
            return new CommitResult(CommitOutcome.BucketGone);
        }

        if (bucket.Epoch != _commit.Epoch)
        {
            return new CommitResult(CommitOutcome.EpochChanged);
        }

        if (_commit.Started < writer.Fences.Of(_commit.Bucket, _commit.Key))
        {
            return new CommitResult(CommitOutcome.Fenced);
        }

        Span<StoredRow> found = _commit.Conditions.Count <= 8 ? stackalloc StoredRow[8] : new StoredRow[_commit.Conditions.Count];
        for (var i = 0; i < _commit.Conditions.Count; i++)
        {
            var condition = _commit.Conditions[i];
            found[i] = writer.FindRow(bucket.Number, _commit.Key, condition.Address);
            if (found[i].Ver != condition.Ver)
            {
                return new CommitResult(CommitOutcome.RowsChanged, CurrentRows(writer, bucket));
            }
        }

        foreach (var address in _commit.Deletes)
        {
            writer.DeleteRow(bucket.Number, _commit.Key, address, Known(writer, bucket, address, found));
        }

        foreach (var write in _commit.Writes)
        {
            writer.PutRow(bucket.Number, _commit.Key, write, Known(writer, bucket, write.Address, found));
        }

        NameSuspects(writer);
        return CommitResult.Applied;
    }

    private void NameSuspects(SqliteWriter writer)
    {
        foreach (var blob in _commit.Releases)
        {
            writer.NameReleased(blob, _commit.Bucket, _commit.Key);
        }

        if (_commit.EndsUpload is { } upload)
        {
            writer.NameEndedUpload(upload, _commit.Bucket, _commit.Key.Span);
        }
    }

    /// <summary>The row as it is, from the conditions if it was among them.</summary>
    private StoredRow Known(SqliteWriter writer, StoredBucket bucket, RowAddress address, ReadOnlySpan<StoredRow> found)
    {
        for (var i = 0; i < _commit.Conditions.Count; i++)
        {
            if (_commit.Conditions[i].Address.Equals(address))
            {
                return found[i];
            }
        }

        return writer.FindRow(bucket.Number, _commit.Key, address);
    }

    private static int Compare(IndexRow left, IndexRow right) => left.Address.Section != right.Address.Section
        ? left.Address.Section.CompareTo(right.Address.Section)
        : left.Address.Suffix.Span.SequenceCompareTo(right.Address.Suffix.Span);

    private KeyRows CurrentRows(SqliteWriter writer, StoredBucket bucket)
    {
        var addresses = new HashSet<RowAddress> { RowAddress.Head, RowAddress.HiddenHead };
        foreach (var condition in _commit.Conditions)
        {
            addresses.Add(condition.Address);
        }

        var rows = new List<IndexRow>();
        foreach (var address in addresses)
        {
            if (writer.ReadRow(bucket.Number, _commit.Key, address) is { } row)
            {
                rows.Add(row);
            }
        }

        rows.Sort(Compare);
        return new KeyRows(bucket.Epoch, rows);
    }
}
