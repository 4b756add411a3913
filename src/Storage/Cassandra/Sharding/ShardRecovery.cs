using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// What a server does that met a shard which is not ACTIVE: it reads the map as of now, and finishes or undoes what somebody left there.
/// Any number may do so at once, with maps and statics as old as they like: every step is conditioned on what was seen.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="queue">Takes what lasts longer than a request should.</param>
/// <param name="time">The clock.</param>
internal sealed class ShardRecovery(IIndexTables tables, ShardingQueue queue, TimeProvider time)
{
    /// <summary>Looks at a shard once more; see <see cref="RecoveryStatus"/> for what follows. Asked again as long as it answers Held.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="shard">The shard that was met.</param>
    /// <param name="seen">Its statics as they were met; null: none. Read before this call.</param>
    /// <param name="cancellationToken">Ends the call; a write may then yet apply.</param>
    /// <exception cref="StoreUnavailableException">The tables do not answer.</exception>
    public async ValueTask<Recovery> RecoverAsync(BucketId bucket, ShardId shard, ShardStatics? seen, CancellationToken cancellationToken)
    {
        // The read of the map begins after the statics were seen: only so does an attempt that it does not show count as dead.
        seen ??= await tables.ReadStaticsAsync(bucket, shard, cancellationToken);
        var map = await tables.ReadMapAsync(bucket, cancellationToken);
        if (map is null or { State: BucketState.Deleted })
        {
            return new Recovery(RecoveryStatus.BucketGone, null);
        }

        Remind(bucket, map);
        if (map.Find(shard) is not { } entry)
        {
            return new Recovery(RecoveryStatus.Moved, map);
        }

        var status = seen?.State switch
        {
            // The map names only shards that have statics, so they were read before the map named it.
            null => RecoveryStatus.Held,
            ShardState.Born => await ActivateAsync(bucket, shard, cancellationToken),
            ShardState.Frozen => await ThawAsync(bucket, map, entry, seen, cancellationToken),
            _ => RecoveryStatus.Ready,
        };
        return new Recovery(status, map);
    }

    /// <summary>Has what a map shows to be unfinished finished in the background.</summary>
    public void Remind(BucketId bucket, ShardMap map)
    {
        if (map.State != BucketState.Deleted && map.Epoch != map.EpochDone)
        {
            queue.Add(new ShardingJob(bucket, ShardingJobKind.FinishConfiguration));
        }

        if (map.State == BucketState.Deleting && IsOver(map.DeleterUntil))
        {
            queue.Add(new ShardingJob(bucket, ShardingJobKind.EndDeletion));
        }
    }

    private async ValueTask<RecoveryStatus> ActivateAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken)
    {
        // Whoever decided did not come to it. Only BORN: a late one must not wake a shard that was frozen or replaced since.
        var result = await tables.ChangeStaticsAsync(bucket, shard, ShardSteps.Activation, cancellationToken);
        return StatusOf(result);
    }

    private async ValueTask<RecoveryStatus> ThawAsync(
        BucketId bucket, ShardMap map, MapEntry entry, ShardStatics seen, CancellationToken cancellationToken)
    {
        if (map.State != BucketState.Live)
        {
            // The deleter freezes every shard, over whatever attempt; if it died, its deletion is ended first.
            return RecoveryStatus.Held;
        }

        if (seen.Attempt is not { } attempt)
        {
            throw new CorruptDataException($"Shard {entry.Shard} of bucket {bucket} is frozen by nobody.");
        }

        if (entry.Attempt == attempt)
        {
            if (!IsOver(entry.Until))
            {
                return RecoveryStatus.Held;
            }

            // Its replacer is dead, or too slow. With its claim goes its decision; only once that is certain may the shard thaw.
            if (await tables.ChangeMapAsync(bucket, ShardSteps.Release(entry), cancellationToken) != TableOutcome.Applied)
            {
                return RecoveryStatus.Held;
            }
        }

        // A decision needs the attempt on this entry. It is not there any more, and a claim is made only once.
        return StatusOf(await tables.ChangeStaticsAsync(bucket, entry.Shard, ShardSteps.Thaw(attempt), cancellationToken));
    }

    private bool IsOver(DateTimeOffset? until) => until is not { } end || end < time.GetUtcNow();

    private static RecoveryStatus StatusOf(ShardResult result) => result switch
    {
        { Outcome: TableOutcome.Applied } => RecoveryStatus.Ready,
        { Outcome: TableOutcome.NotApplied, Statics.State: ShardState.Active } => RecoveryStatus.Ready,
        _ => RecoveryStatus.Held,
    };
}
