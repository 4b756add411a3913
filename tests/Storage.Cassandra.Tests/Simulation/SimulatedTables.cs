using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>The tables as one server reaches them.</summary>
internal sealed class SimulatedTables(SimulatedWorld world, INetwork network) : IIndexTables
{
    public ValueTask<ShardRows> ReadRowsAsync(BucketId bucket, ShardId shard, ShardRead read, CancellationToken cancellationToken) =>
        network.ReadAsync(
            () =>
            {
                var partition = world.Bucket(bucket).Shard(shard);
                var rows = read.Addresses
                    .Select(address => partition.Row(RowKey.Of(read.Key.Span, address)))
                    .OfType<IndexRow>()
                    .OrderBy(row => RowKey.Of(read.Key.Span, row.Address))
                    .Select(row => new ShardRow(read.Key, read.WithBody ? row : row with { Body = default }))
                    .ToList();
                return new ShardRows(partition.Statics, partition.Statics is null ? [] : rows);
            },
            cancellationToken);

    public async ValueTask<ShardRows> ReadSliceAsync(BucketId bucket, ShardId shard, ShardSlice slice, CancellationToken cancellationToken)
    {
        var rows = await network.ReadAsync(() => Slice(world.Bucket(bucket).Shard(shard), slice), cancellationToken);

        // The statics may be read after the rows.
        var statics = await network.ReadAsync(() => world.Bucket(bucket).Shard(shard).Statics, cancellationToken);
        return new ShardRows(statics, rows);
    }

    public ValueTask<ShardStatics?> ReadStaticsAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken) =>
        network.ReadAsync(() => world.Bucket(bucket).Shard(shard).Statics, cancellationToken);

    public ValueTask<ShardResult> CommitAsync(BucketId bucket, ShardId shard, ShardBatch batch, CancellationToken cancellationToken) =>
        network.ConditionalAsync(() => world.Commit(bucket, shard, batch), ShardResult.Unknown, cancellationToken);

    public ValueTask<ShardResult> ChangeStaticsAsync(
        BucketId bucket, ShardId shard, StaticsChange change, CancellationToken cancellationToken) =>
        network.ConditionalAsync(() => world.Change(bucket, shard, change), ShardResult.Unknown, cancellationToken);

    public ValueTask CopyAsync(
        BucketId bucket, ShardId shard, ShardStatics? statics, IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken)
    {
        var timestamp = world.CopyTimestamp();
        var copies = rows.Select(row => new ShardRow(row.Key.ToArray(), Copied(row.Row))).ToList();
        return network.PlainAsync(() => world.Copy(bucket, shard, statics, copies, timestamp), cancellationToken);
    }

    public ValueTask CorrectAsync(
        BucketId bucket, ShardId shard, int pass, IReadOnlyList<ShardRow> rows, IReadOnlyList<CopiedRow> gone, CancellationToken cancellationToken)
    {
        if (world.Lacks(Guard.Corrections))
        {
            return ValueTask.CompletedTask;
        }

        var timestamp = world.CopyTimestamp() + pass - 1;
        var copies = rows.Select(row => new ShardRow(row.Key.ToArray(), Copied(row.Row))).ToList();
        return network.PlainAsync(() => world.Correct(bucket, shard, copies, gone, timestamp), cancellationToken);
    }

    public ValueTask DeleteShardAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken) =>
        network.PlainAsync(() => world.DeleteShard(bucket, shard), cancellationToken);

    public ValueTask<ShardMap?> ReadMapAsync(BucketId bucket, CancellationToken cancellationToken) => network.ReadAsync(
        () => world.Buckets.TryGetValue(bucket, out var found) ? world.Lacks(Guard.FreshMap) ? found.OldMap ?? found.Map : found.Map : null,
        cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ReadExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        network.ReadAsync<IReadOnlySet<BucketId>>(() => buckets.Where(IsThere).ToHashSet(), cancellationToken);

    public ValueTask<TableOutcome> ChangeMapAsync(BucketId bucket, MapChange change, CancellationToken cancellationToken) =>
        world.Lacks(Guard.DeadAttempts) && GivesUp(change)
            ? ValueTask.FromResult(TableOutcome.Applied)
            : network.ConditionalAsync(() => world.Change(bucket, change), TableOutcome.Unknown, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadConfigurationAsync(BucketId bucket, int epoch, CancellationToken cancellationToken) =>
        network.ReadAsync(
            () => world.Bucket(bucket).Configurations.TryGetValue(epoch, out var record) ? (ReadOnlyMemory<byte>?)record : null,
            cancellationToken);

    public ValueTask<TableOutcome> AddConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        var copy = record.ToArray();
        return network.ConditionalAsync(() => world.AddConfiguration(bucket, epoch, copy), TableOutcome.Unknown, cancellationToken);
    }

    public async IAsyncEnumerable<BucketId> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buckets = await network.ReadAsync(
            () => world.Buckets.Keys.Where(IsThere).ToList(),
            cancellationToken);
        foreach (var bucket in buckets)
        {
            yield return bucket;
        }
    }

    private bool IsThere(BucketId bucket) => world.Buckets.GetValueOrDefault(bucket)?.Map is { State: not BucketState.Deleted };

    private static bool GivesUp(MapChange change) =>
        change is { IfEntries: [var asked], Put: [{ Attempt: null } put], Remove: [] } && asked.Shard == put.Shard;

    private static IndexRow Copied(IndexRow row) => new(
        new RowAddress(row.Address.Section, row.Address.Suffix.ToArray()), row.Ver, row.Record.ToArray(), row.Body.ToArray());

    private static List<ShardRow> Slice(SimulatedPartition partition, ShardSlice slice)
    {
        var from = RowKey.Of(slice.From.Span, new RowAddress(slice.Section, slice.FromSuffix));
        var before = slice.Before is { } end ? Convert.ToHexString(end.Span) : null;
        return
        [
            .. partition.Rows
                .Where(row => row.Key.Section == slice.Section && row.Key.CompareTo(from) >= 0)
                .Where(row => before is null || string.CompareOrdinal(row.Key.Key, before) < 0)
                .Take(slice.Limit)
                .Select(row => new ShardRow(Convert.FromHexString(row.Key.Key), slice.WithBody ? row.Row : row.Row with { Body = default })),
        ];
    }
}
