using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>
/// Reads that count. What an ACTIVE or a BORN shard shows holds: it is the one that the map names. What a frozen one shows holds if the map,
/// read afterwards, still names it. Anything else is asked again where the map says.
/// </summary>
internal sealed class ShardReader(IIndexTables tables, ShardMaps maps, ShardRecovery recovery, IndexOptions options, TimeProvider time)
{
    /// <summary>The rows, with the statics of their shard; null: there is no such bucket.</summary>
    /// <exception cref="StoreUnavailableException">Cassandra does not answer, or not in time.</exception>
    public async ValueTask<ShardRows?> ReadAsync(BucketId bucket, ShardAsk ask, CancellationToken cancellationToken)
    {
        if (await maps.HintAsync(bucket, cancellationToken) is not { } map)
        {
            return null;
        }

        var shard = map.EntryOf(ask.Key.Span).Shard;
        var found = await AskAsync(bucket, shard, ask, cancellationToken);
        return found.Statics is { State: ShardState.Active or ShardState.Born }
            ? found
            : await RecoverAsync(bucket, shard, found, ask, cancellationToken);
    }

    private async ValueTask<ShardRows?> RecoverAsync(
        BucketId bucket, ShardId shard, ShardRows found, ShardAsk ask, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            while (true)
            {
                var (status, map) = await recovery.RecoverAsync(bucket, shard, found.Statics, either.Token);
                maps.Note(bucket, map);
                if (found.Statics is not null && status is RecoveryStatus.Ready or RecoveryStatus.Held)
                {
                    return found;
                }

                found.Dispose();
                if (map is null || status == RecoveryStatus.BucketGone)
                {
                    return null;
                }

                shard = map.EntryOf(ask.Key.Span).Shard;
                found = await AskAsync(bucket, shard, ask, either.Token);
                if (found.Statics is { State: ShardState.Active or ShardState.Born })
                {
                    return found;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException($"No shard of bucket {bucket} could be read within {options.Deadline.TotalSeconds:0.#} s.");
        }
    }

    private ValueTask<ShardRows> AskAsync(BucketId bucket, ShardId shard, in ShardAsk ask, CancellationToken cancellationToken) =>
        ask.Slice is { } slice
            ? tables.ReadSliceAsync(bucket, shard, slice, cancellationToken)
            : tables.ReadRowsAsync(bucket, shard, ask.Rows, cancellationToken);
}
