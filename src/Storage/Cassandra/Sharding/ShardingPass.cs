using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Looks at every shard of every bucket, for what nobody meets: claims whose owners died, shards that passed a limit with their last
/// commits, neighbours that have become small. What is to be done goes to the queue.
/// </summary>
internal sealed class ShardingPass(IIndexTables tables, ShardingQueue queue, ShardingOptions options, TimeProvider time)
{
    private readonly ShardPolicy _policy = new(options);
    private readonly ShardRecovery _recovery = new(tables, queue, time);

    /// <summary>One pass, at the pace of <see cref="ShardingOptions.PassPause"/> per bucket.</summary>
    /// <exception cref="StoreUnavailableException">The tables do not answer.</exception>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var bucket in tables.ListBucketsAsync(cancellationToken))
        {
            await LookAsync(bucket, cancellationToken);
            await Task.Delay(options.PassPause, time, cancellationToken);
        }
    }

    /// <summary>Looks at one bucket.</summary>
    public async ValueTask LookAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        if (await tables.ReadMapAsync(bucket, cancellationToken) is not { State: not BucketState.Deleted } map)
        {
            return;
        }

        _recovery.Remind(bucket, map);
        var tallies = new Tally?[map.Entries.Count];
        for (var i = 0; i < map.Entries.Count; i++)
        {
            var shard = map.Entries[i].Shard;
            var statics = await tables.ReadStaticsAsync(bucket, shard, cancellationToken);
            if (IsLeft(map.Entries[i]))
            {
                await tables.ChangeMapAsync(bucket, ShardSteps.Release(map.Entries[i]), cancellationToken);
            }

            if (statics is not { State: ShardState.Active })
            {
                await _recovery.RecoverAsync(bucket, shard, statics, cancellationToken);
            }
            else if (_policy.ReasonOf(statics) is { } reason && reason != ReplacementReason.Small)
            {
                queue.Suggest(bucket, shard, reason);
            }

            tallies[i] = statics?.Total;
        }

        SuggestMerges(bucket, map, tallies);
    }

    /// <summary>Only neighbours that make one small shard together are worth a copy.</summary>
    private void SuggestMerges(BucketId bucket, ShardMap map, Tally?[] tallies)
    {
        for (var i = 1; i < tallies.Length; i++)
        {
            if (tallies[i - 1] is { } left && tallies[i] is { } right && AreSmall(left, right))
            {
                queue.Suggest(bucket, map.Entries[i - 1].Shard, ReplacementReason.Small);

                // The merge takes as many of those that follow as it can.
                i++;
            }
        }
    }

    private bool AreSmall(Tally left, Tally right) => _policy.AreSmall(
        Math.Max(0, left.Rows) + Math.Max(0, right.Rows), Math.Max(0, left.Bytes) + Math.Max(0, right.Bytes));

    private bool IsLeft(MapEntry entry) => entry.Attempt is not null && (entry.Until is not { } until || until < time.GetUtcNow());
}
