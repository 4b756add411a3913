using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Deletes shards that the map can never name again: parents that were replaced, children of attempts that were given up.</summary>
internal sealed class ShardSweeper(IIndexTables tables, ISuspectTable suspects, ShardingOptions options, TimeProvider time)
{
    /// <summary>One pass over the shards that were named long enough ago; how many it deleted.</summary>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        var before = time.GetUtcNow() - options.ShardGrace;
        await foreach (var naming in suspects.ReadAsync(SuspectSlots.Shards, before, cancellationToken))
        {
            deleted += await SweepAsync(naming, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    private async ValueTask<bool> SweepAsync(NamedSuspicion naming, CancellationToken cancellationToken)
    {
        if (naming.Suspicion is not { Kind: SuspicionKind.Shard, Attempt: { } attempt, Bucket: var bucket, Id: var id })
        {
            return false;
        }

        // One read for both: a claim is made before its shards are named, so an attempt that is not there now will never decide.
        var shard = new ShardId(id);
        var map = await tables.ReadMapAsync(bucket, cancellationToken);
        var gone = map is null or { State: BucketState.Deleted };
        if (!gone && map!.Shows(attempt))
        {
            return false;
        }

        var delete = gone || map!.Find(shard) is null;
        if (delete)
        {
            await tables.DeleteShardAsync(bucket, shard, cancellationToken);
        }

        // Where the map names the shard the suspicion goes as well: whoever replaces it later names it again before.
        await suspects.ClearAsync(naming, cancellationToken);
        return delete;
    }
}
