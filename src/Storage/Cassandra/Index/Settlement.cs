using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>
/// Settles a batch whose outcome is unknown: it may yet apply, even minutes later, so no read tells. On the entry that the batch is
/// conditioned on, either it has applied, or its number is forbidden for ever.
/// </summary>
internal sealed class Settlement(IIndexTables tables, IndexOptions options, TimeProvider time)
{
    /// <summary>Tries until it is certain.</summary>
    /// <exception cref="OperationCanceledException">The server ends; it stays unknown.</exception>
    public async ValueTask<SettledAs> SettleAsync(BucketId bucket, ShardId shard, long? previous, long number, CancellationToken stopping)
    {
        var change = new StaticsChange
        {
            IfState = [ShardState.Active, ShardState.Frozen],
            IfDone = (options.Server, previous),
            Done = (options.Server, -number),
        };
        for (var pause = options.FirstPause; ; pause = Longer(pause))
        {
            var result = await tables.ChangeStaticsAsync(bucket, shard, change, stopping);
            if (result.Outcome == TableOutcome.Applied)
            {
                return SettledAs.Forbidden;
            }

            if (result.Outcome == TableOutcome.NotApplied)
            {
                if (result.Statics is not { } statics)
                {
                    return SettledAs.Never;
                }

                if (statics.Done.TryGetValue(options.Server, out var entry) && entry != previous)
                {
                    // -number: a try of ours that applied without our knowing.
                    return entry == number ? SettledAs.Applied : SettledAs.Forbidden;
                }

                if (statics.State == ShardState.Born)
                {
                    await tables.ChangeStaticsAsync(bucket, shard, ShardSteps.Activation, stopping);
                }
            }

            await Task.Delay(pause, time, stopping);
        }
    }

    private TimeSpan Longer(TimeSpan pause) =>
        pause * 2 < options.LongestSettlementPause ? pause * 2 : options.LongestSettlementPause;
}
