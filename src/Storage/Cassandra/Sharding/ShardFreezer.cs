using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Freezes a shard under an attempt that holds its claim, also over the freeze of one that is dead.</summary>
internal sealed class ShardFreezer(IIndexTables tables, ShardingOptions options, TimeProvider time)
{
    /// <param name="bucket">The bucket.</param>
    /// <param name="shard">A shard that the attempt has claimed on the map.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="holds">Whether a map still shows the attempt's claim.</param>
    /// <param name="cancellationToken">Ends the call; a write may then yet apply.</param>
    public async ValueTask<FreezeOutcome> FreezeAsync(
        BucketId bucket, ShardId shard, AttemptId attempt, Func<ShardMap, bool> holds, CancellationToken cancellationToken)
    {
        var change = ShardSteps.Freeze(attempt);
        for (var round = 0; round < options.Attempts; round++)
        {
            var result = await tables.ChangeStaticsAsync(bucket, shard, change, cancellationToken);
            change = ShardSteps.Freeze(attempt);
            switch (result)
            {
                case { Outcome: TableOutcome.Applied }:
                    return FreezeOutcome.Frozen;
                case { Outcome: TableOutcome.Unknown }:
                    await Task.Delay(options.Pause, time, cancellationToken);
                    break;
                case { Statics: null }:
                    return FreezeOutcome.Lost;
                case { Statics.State: ShardState.Born }:
                    await tables.ChangeStaticsAsync(bucket, shard, ShardSteps.Activation, cancellationToken);
                    break;
                case { Statics: { State: ShardState.Frozen, Attempt: { } other } }:
                    if (other == attempt)
                    {
                        return FreezeOutcome.Frozen;
                    }

                    // This read begins after the other's freeze was seen. Our claim stands on the entry, so the other's does not.
                    var map = await tables.ReadMapAsync(bucket, cancellationToken);
                    if (map is null || !holds(map))
                    {
                        return FreezeOutcome.Lost;
                    }

                    change = ShardSteps.FreezeOver(other, attempt);
                    break;
            }
        }

        return FreezeOutcome.Unknown;
    }
}
