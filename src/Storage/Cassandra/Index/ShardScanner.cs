using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>Walks the ranges of a bucket's shards in order. Each slice counts by itself; where one ends, its shard says what comes next.</summary>
internal sealed class ShardScanner(ShardReader shards, IndexOptions options)
{
    public async ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken)
    {
        var slices = new OpenSlices();
        try
        {
            return await FillAsync(range, slices, cancellationToken);
        }
        catch
        {
            slices.Dispose();
            throw;
        }
    }

    private async ValueTask<ScanPage?> FillAsync(ScanRange range, OpenSlices slices, CancellationToken cancellationToken)
    {
        var rows = new List<ScannedRow>();
        var (from, suffix, epoch) = (range.From, range.FromSuffix, 0);
        while (rows.Count < range.Limit)
        {
            // An empty range is asked as well: it tells whether there is such a bucket.
            var limit = Math.Min(range.Limit - rows.Count, options.SliceRows);
            var slice = new ShardSlice(range.Section, from, suffix, range.Before, limit, RecordsOnly: range.RecordsOnly);
            if (await shards.ReadAsync(range.Bucket, new ShardAsk(default, slice), cancellationToken) is not { } found)
            {
                slices.Dispose();
                return null;
            }

            slices.Add(found);
            epoch = Math.Max(epoch, found.Statics!.Epoch);
            foreach (var row in found.Rows)
            {
                rows.Add(new ScannedRow(row.Key, row.Row.Address.Suffix, row.Row.Ver, row.Row.Record));
            }

            if (found.Rows.Count == limit)
            {
                from = found.Rows[^1].Key;
                suffix = (byte[])[.. found.Rows[^1].Row.Address.Suffix.Span, 0];
            }
            else if (found.Statics.Hi is { } hi && !IsAtEnd(hi, range.Before))
            {
                (from, suffix) = (hi, default);
            }
            else
            {
                return new ScanPage(epoch, rows, more: false, slices);
            }
        }

        return new ScanPage(epoch, rows, more: true, slices);
    }

    private static bool IsAtEnd(ReadOnlyMemory<byte> position, ReadOnlyMemory<byte>? before) =>
        before is { } end && position.Span.SequenceCompareTo(end.Span) >= 0;

    /// <summary>The memory that a page's rows lie in.</summary>
    private sealed class OpenSlices : IDisposable
    {
        private readonly List<ShardRows> _slices = new(1);

        public void Add(ShardRows slice) => _slices.Add(slice);

        public void Dispose()
        {
            foreach (var slice in _slices)
            {
                slice.Dispose();
            }

            _slices.Clear();
        }
    }
}
