using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What one pass of a copy writes into the children, several writes at once.</summary>
/// <param name="tables">The tables.</param>
/// <param name="options">Limits.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="children">The fresh shards, in order.</param>
/// <param name="number">Which pass it is, from 1.</param>
internal sealed class CopyPass(IIndexTables tables, ShardingOptions options, BucketId bucket, IReadOnlyList<NewShard> children, int number)
{
    /// <summary>Rows and deletions, each in the order of keys.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<ShardRow> rows, IReadOnlyList<CopiedRow> gone, CancellationToken cancellationToken)
    {
        var writes = new List<Task>(options.CopiesAtOnce);
        try
        {
            for (var next = 0; next < rows.Count;)
            {
                var child = ChildOf(rows[next].Key.Span);
                var taken = Take(rows, next, child);
                next += taken.Count;
                writes.Add(WriteAsync(child.Shard, taken, cancellationToken));
                if (writes.Count == options.CopiesAtOnce)
                {
                    await Task.WhenAll(writes);
                    writes.Clear();
                }
            }
        }
        finally
        {
            await Task.WhenAll(writes);
        }

        foreach (var ofChild in gone.GroupBy(row => ChildOf(row.Key)))
        {
            await tables.CorrectAsync(bucket, ofChild.Key.Shard, number, [], [.. ofChild], cancellationToken);
        }
    }

    /// <summary>The same rows of a frozen shard with their bodies; null where they are not the same any more: it is not frozen.</summary>
    public async ValueTask<IReadOnlyList<ShardRow>?> WithBodiesAsync(ShardId shard, IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken)
    {
        var whole = new ShardRow[rows.Count];
        var areSame = await Abreast.AllAsync([.. Enumerable.Range(0, rows.Count)], async i =>
        {
            var ask = new ShardRead(rows[i].Key, [rows[i].Row.Address], WithBody: true);
            using var found = await tables.ReadRowsAsync(bucket, shard, ask, cancellationToken);
            if (found.Rows is not [var row] || row.Row.Ver != rows[i].Row.Ver)
            {
                return false;
            }

            whole[i] = row;
            return true;
        });
        return areSame ? whole : null;
    }

    private Task WriteAsync(ShardId child, List<ShardRow> rows, CancellationToken cancellationToken) => number == 1
        ? tables.CopyAsync(bucket, child, null, rows, cancellationToken).AsTask()
        : tables.CorrectAsync(bucket, child, number, rows, [], cancellationToken).AsTask();

    private NewShard ChildOf(ReadOnlySpan<byte> key)
    {
        var child = 0;
        while (children[child].IsBelow(key))
        {
            child++;
        }

        return children[child];
    }

    /// <summary>Rows of one child, as many as one write takes.</summary>
    private List<ShardRow> Take(IReadOnlyList<ShardRow> from, int next, NewShard child)
    {
        var rows = new List<ShardRow>(Math.Min(options.CopyRows, from.Count - next));
        for (var bytes = 0L; next < from.Count && rows.Count < options.CopyRows && bytes < options.CopyBytes; next++)
        {
            if (child.IsBelow(from[next].Key.Span))
            {
                break;
            }

            rows.Add(from[next]);
            bytes += Tally.BytesOf(from[next]);
        }

        return rows;
    }
}
