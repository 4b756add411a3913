using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>The rows of one key, of one moment.</summary>
internal sealed class KeyReader(ShardReader shards)
{
    private static readonly RowAddress[] Heads = [RowAddress.Head, RowAddress.HiddenHead];

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        if (read.NewestVersions > 0)
        {
            return ReadVersionsAsync(bucket, read, cancellationToken);
        }

        // One head is read plainly. With other rows, of which a plain read might show those of a commit under way beside an older head,
        // all are read at the serial level.
        var addresses = AddressesOf(read);
        var isPlain = addresses.Length == Heads.Length;
        var ask = new ShardRead(read.Key.Memory, addresses, read.WithBody, Serial: !isPlain, HeadFirst: isPlain && read.ExpectsHead);
        return ReadRowsAsync(bucket, ask, cancellationToken);
    }

    /// <summary>The heads of a key and these rows of it, of one moment, without bodies.</summary>
    public ValueTask<KeyRows?> ReadAsync(
        BucketId bucket, ObjectKey key, IEnumerable<RowAddress> others, CancellationToken cancellationToken)
    {
        RowAddress[] addresses = [.. Heads.Concat(others).Distinct()];
        return ReadRowsAsync(bucket, new ShardRead(key.Memory, addresses, Serial: true), cancellationToken);
    }

    private static RowAddress[] AddressesOf(KeyRead read)
    {
        if (read.Version.IsEmpty && read.Upload.IsEmpty)
        {
            return Heads;
        }

        List<RowAddress> addresses = [.. Heads];
        if (!read.Version.IsEmpty)
        {
            addresses.Add(new RowAddress(IndexSection.Version, read.Version));
        }

        if (!read.Upload.IsEmpty)
        {
            addresses.Add(new RowAddress(IndexSection.Upload, read.Upload));
        }

        return [.. addresses];
    }

    private async ValueTask<KeyRows?> ReadRowsAsync(BucketId bucket, ShardRead read, CancellationToken cancellationToken)
    {
        using var found = await shards.ReadAsync(bucket, new ShardAsk(read), cancellationToken);
        return found is null ? null : new KeyRows(found.Statics!.Epoch, [.. found.Rows.Select(row => row.Row)]);
    }

    /// <summary>
    /// Every commit that touches a version renews the head. So versions that were read between two reads of the same head are of the moment of
    /// either.
    /// </summary>
    private async ValueTask<KeyRows?> ReadVersionsAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        byte[] after = [.. read.Key.Span, 0];
        var slice = new ShardSlice(
            IndexSection.Version, read.Key.Memory, default, after, read.NewestVersions, read.WithBody, Serial: true);
        var ask = new ShardRead(read.Key.Memory, AddressesOf(read), read.WithBody, Serial: true);
        var before = await ReadRowsAsync(bucket, ask, cancellationToken);
        while (before is not null)
        {
            using var versions = await shards.ReadAsync(bucket, new ShardAsk(default, slice), cancellationToken);
            if (versions is null || await ReadRowsAsync(bucket, ask, cancellationToken) is not { } again)
            {
                return null;
            }

            if (again.Epoch == before.Epoch && again.AnyHead?.Ver == before.AnyHead?.Ver)
            {
                return again with { Rows = Merge(again.Rows, versions.Rows) };
            }

            before = again;
        }

        return null;
    }

    private static IndexRow[] Merge(IReadOnlyList<IndexRow> rows, IReadOnlyList<ShardRow> versions)
    {
        var all = new List<IndexRow>(rows);
        foreach (var version in versions)
        {
            if (!all.Exists(row => row.Address.Equals(version.Row.Address)))
            {
                all.Add(Copied(version.Row));
            }
        }

        return
        [
            .. all
                .OrderBy(row => row.Address.Section)
                .ThenBy(row => row.Address.Suffix, Comparer<ReadOnlyMemory<byte>>.Create((left, right) => left.Span.SequenceCompareTo(right.Span))),
        ];
    }

    private static IndexRow Copied(IndexRow row) => new(
        new RowAddress(row.Address.Section, row.Address.Suffix.ToArray()), row.Ver, row.Record.ToArray(), row.Body.ToArray());
}
