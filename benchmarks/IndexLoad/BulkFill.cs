using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.IndexLoad;

/// <summary>
/// Fills a bucket as many splits leave it, without them: shards of so many keys by plain writes, then the map that names them. Nobody else may
/// use the bucket meanwhile, and what was in it is gone.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="record">What every head holds.</param>
/// <param name="keyOf">The key of a number: their order is that of their first part, then that of the numbers.</param>
/// <param name="placeOf">The first part of a number's key, as 24 bits.</param>
internal sealed class BulkFill(IIndexTables tables, byte[] record, Func<long, ObjectKey> keyOf, Func<long, ulong> placeOf)
{
    /// <summary>What splits left in a bucket of 1,000,000 keys that were committed in random order: 53 shards.</summary>
    private const int KeysPerShard = 19_000;

    private const int NumberBits = 40;
    private const int RowsPerWrite = 200;
    private const int ShardsAtOnce = 8;
    private const int Epoch = 1;

    public async Task FillAsync(BucketId bucket, long keys, CancellationToken token)
    {
        var ordered = new ulong[keys];
        for (var i = 0L; i < keys; i++)
        {
            ordered[i] = (placeOf(i) << NumberBits) | (ulong)i;
        }

        Array.Sort(ordered);
        var count = (int)Math.Max(1, (keys + KeysPerShard - 1) / KeysPerShard);
        var starts = Enumerable.Range(0, count).Select(i => (int)(keys * i / count)).Append((int)keys).ToArray();
        var entries = new MapEntry[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnce, CancellationToken = token }, async (i, stop) =>
        {
            var shard = ShardId.New();
            var lo = i == 0 ? ReadOnlyMemory<byte>.Empty : KeyAt(ordered, starts[i]).Memory;
            await FillAsync(bucket, shard, ordered.AsMemory(starts[i]..starts[i + 1]), lo, i + 1 < count ? KeyAt(ordered, starts[i + 1]).Memory : null, stop);
            entries[i] = new MapEntry(lo, shard, null, null);
        });
        await NameAsync(bucket, entries, token);
    }

    private async ValueTask FillAsync(
        BucketId bucket, ShardId shard, ReadOnlyMemory<ulong> ordered, ReadOnlyMemory<byte> lo, ReadOnlyMemory<byte>? hi, CancellationToken token)
    {
        var tally = default(Tally);
        for (var next = 0; next < ordered.Length; next += RowsPerWrite)
        {
            var rows = new List<ShardRow>(RowsPerWrite);
            for (var i = next; i < Math.Min(next + RowsPerWrite, ordered.Length); i++)
            {
                rows.Add(new ShardRow(KeyAt(ordered.Span, i).Memory, new IndexRow(RowAddress.Head, Guid.NewGuid(), record, default)));
                tally += new Tally(1, Tally.BytesOf(rows[^1]), 0);
            }

            await tables.CopyAsync(bucket, shard, null, rows, token);
        }

        var statics = new ShardStatics(
            lo, hi, ShardState.Active, null, Epoch, 0, new Dictionary<IncarnationId, long>(), new Dictionary<IncarnationId, Tally> { [default] = tally });
        await tables.CopyAsync(bucket, shard, statics, [], token);
    }

    private async ValueTask NameAsync(BucketId bucket, MapEntry[] entries, CancellationToken token)
    {
        MapChange change;
        if (await tables.ReadMapAsync(bucket, token) is { Entries: [var only] })
        {
            change = new MapChange { IfState = BucketState.Live, IfEntries = [new EntryCondition(only.Lo, only.Shard, null)], Put = entries };
        }
        else
        {
            await tables.AddConfigurationAsync(bucket, Epoch, new byte[10], token);
            change = new MapChange { IfAbsent = true, State = BucketState.Live, Epoch = Epoch, EpochDone = Epoch, Put = entries };
        }

        if (await tables.ChangeMapAsync(bucket, change, token) != TableOutcome.Applied)
        {
            throw new InvalidOperationException("The map could not be written.");
        }
    }

    private ObjectKey KeyAt(ReadOnlySpan<ulong> ordered, int at) => keyOf((long)(ordered[at] & ((1UL << NumberBits) - 1)));
}
