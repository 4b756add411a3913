using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A bucket's deletion as its map has it: begun or taken over, renewed, decided or backed out of.</summary>
internal sealed class DeletionClaims(IIndexTables tables, ShardingOptions options, TimeProvider time, Func<Guid> newId)
{
    /// <summary>Entries changed in one batch.</summary>
    private const int AtOnce = 200;

    /// <summary>Begins a deletion, or takes over one whose time is over; null: somebody was faster.</summary>
    public async ValueTask<AttemptId?> BeginAsync(BucketId bucket, ShardMap seen, CancellationToken cancellationToken)
    {
        var attempt = new AttemptId(newId());
        var change = new MapChange
        {
            IfState = seen.State,
            IfDeleter = seen.State == BucketState.Deleting ? seen.Deleter : null,
            State = BucketState.Deleting,
            Deleter = (attempt, time.GetUtcNow() + options.DeletionClaim),
        };
        return await tables.ChangeMapAsync(bucket, change, cancellationToken) switch
        {
            TableOutcome.Applied => attempt,
            TableOutcome.NotApplied => null,

            // One that comes later begins a deletion that nobody is at: it is ended when its time is over.
            _ => await tables.ReadMapAsync(bucket, cancellationToken) is { } map && map.IsDeletedBy(attempt) ? attempt : null,
        };
    }

    /// <summary>Renews it; false: somebody has taken over.</summary>
    public async ValueTask<bool> RenewAsync(BucketId bucket, AttemptId attempt, CancellationToken cancellationToken)
    {
        var change = Under(attempt) with { Deleter = (attempt, time.GetUtcNow() + options.DeletionClaim) };
        return await tables.ChangeMapAsync(bucket, change, cancellationToken) != TableOutcome.NotApplied;
    }

    /// <summary>
    /// Claims every entry, whatever attempt was there: none of them can decide any more, for the bucket is not live. The map that shows it, or
    /// null where somebody took over.
    /// </summary>
    public async ValueTask<ShardMap?> ClaimAllAsync(BucketId bucket, AttemptId attempt, CancellationToken cancellationToken)
    {
        // While the bucket is being deleted, the shards that its map names stay the same.
        var map = await tables.ReadMapAsync(bucket, cancellationToken);
        var until = time.GetUtcNow() + options.DeletionClaim;
        foreach (var entries in map is null ? [] : map.Entries.Chunk(AtOnce))
        {
            var change = Under(attempt) with { IfEntries = ShardsOf(entries), Put = [.. entries.Select(entry => entry with { Attempt = attempt, Until = until })] };
            if (!await RepeatAsync(bucket, change, cancellationToken))
            {
                return null;
            }
        }

        map = await tables.ReadMapAsync(bucket, cancellationToken);
        return map is not null && map.IsDeletedBy(attempt) && map.Entries.All(entry => entry.Attempt == attempt) ? map : null;
    }

    /// <summary>The decision: nothing is ever written there again.</summary>
    public async ValueTask<bool?> DecideAsync(BucketId bucket, AttemptId attempt, CancellationToken cancellationToken)
    {
        if (await RepeatAsync(bucket, Under(attempt) with { State = BucketState.Deleted }, cancellationToken))
        {
            return true;
        }

        var map = await tables.ReadMapAsync(bucket, cancellationToken);
        return map is { State: BucketState.Deleted } && map.Deleter == attempt ? true : map is { State: BucketState.Live } ? false : null;
    }

    /// <summary>
    /// Back to a live bucket without claims: with the last entries its state changes, in one batch. True where it is live again, under whoever.
    /// </summary>
    public async ValueTask<bool> BackOutAsync(BucketId bucket, AttemptId attempt, CancellationToken cancellationToken)
    {
        if (await tables.ReadMapAsync(bucket, cancellationToken) is not { } map)
        {
            return false;
        }

        MapEntry[][] chunks = [.. map.Entries.Chunk(AtOnce)];
        for (var i = 0; i < chunks.Length; i++)
        {
            var change = Under(attempt) with
            {
                IfEntries = ShardsOf(chunks[i]),
                Put = [.. chunks[i].Select(entry => entry with { Attempt = null, Until = null })],
                State = i + 1 == chunks.Length ? BucketState.Live : null,
            };
            if (!await RepeatAsync(bucket, change, cancellationToken))
            {
                break;
            }
        }

        return await tables.ReadMapAsync(bucket, cancellationToken) is { State: BucketState.Live };
    }

    private static MapChange Under(AttemptId attempt) => new() { IfState = BucketState.Deleting, IfDeleter = attempt };

    private static EntryCondition[] ShardsOf(MapEntry[] entries) =>
        [.. entries.Select(entry => new EntryCondition(entry.Lo, entry.Shard, null, AskAttempt: false))];

    /// <summary>Each may be sent again: under this attempt it does the same. False: refused, by its own first sending or for ever.</summary>
    private async ValueTask<bool> RepeatAsync(BucketId bucket, MapChange change, CancellationToken cancellationToken)
    {
        for (var round = 0; round < options.Attempts; round++)
        {
            var outcome = await tables.ChangeMapAsync(bucket, change, cancellationToken);
            if (outcome != TableOutcome.Unknown)
            {
                return outcome == TableOutcome.Applied;
            }

            await Task.Delay(options.Pause, time, cancellationToken);
        }

        return false;
    }
}
