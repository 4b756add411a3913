using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Claims on entries of a map: taken once, renewed while their owner works, given up entry by entry.</summary>
internal sealed class ShardClaims(IIndexTables tables, ShardingOptions options, TimeProvider time, Func<Guid> newId)
{
    /// <summary>Claims entries as they were seen, free or with a claim whose time is over; null: somebody was faster.</summary>
    public async ValueTask<ShardClaim?> TakeAsync(BucketId bucket, IReadOnlyList<MapEntry> seen, CancellationToken cancellationToken)
    {
        var (attempt, until) = (new AttemptId(newId()), time.GetUtcNow() + options.Claim);
        var claim = new ShardClaim(attempt, [.. seen.Select(entry => entry with { Attempt = attempt, Until = until })], time.GetTimestamp());
        var change = new MapChange { IfState = BucketState.Live, IfEntries = [.. seen.Select(ConditionOf)], Put = claim.Entries };
        switch (await tables.ChangeMapAsync(bucket, change, cancellationToken))
        {
            case TableOutcome.Applied:
                return claim;
            case TableOutcome.NotApplied:
                return null;
            default:
                // Sent once: a second one might come when the first was given up, and bring a dead attempt back. Where it is not seen now it
                // may yet come, but nothing was frozen or named under it, and it blocks nobody once its time is over.
                return await tables.ReadMapAsync(bucket, cancellationToken) is { } map && claim.StandsIn(map) ? claim : null;
        }
    }

    /// <summary>Renews a claim that has lasted for a while; false: it is certainly gone.</summary>
    public async ValueTask<bool> RenewAsync(BucketId bucket, ShardClaim claim, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(claim.Renewed) < options.Claim / 4)
        {
            return true;
        }

        claim.Renewed = time.GetTimestamp();
        var until = time.GetUtcNow() + options.Claim;
        var change = new MapChange
        {
            IfState = BucketState.Live,
            IfEntries = [.. claim.Entries.Select(ConditionOf)],
            Put = [.. claim.Entries.Select(entry => entry with { Until = until })],
        };
        return await tables.ChangeMapAsync(bucket, change, cancellationToken) != TableOutcome.NotApplied;
    }

    /// <summary>
    /// Takes a claim off its entries, so that its decision can never apply any more, and thaws what it froze. Entries that another attempt
    /// decided away, or this one, are left alone.
    /// </summary>
    /// <returns>False where that stayed unknown: the shards thaw when the claim's time is over.</returns>
    public async ValueTask<bool> GiveUpAsync(BucketId bucket, ShardClaim claim, CancellationToken cancellationToken)
    {
        var certain = true;
        foreach (var entry in claim.Entries)
        {
            switch (await ReleaseAsync(bucket, entry, cancellationToken))
            {
                case EntryFate.Released:
                    await ThawAsync(bucket, entry.Shard, claim.Attempt, cancellationToken);
                    break;
                case EntryFate.Unknown:
                    certain = false;
                    break;
            }
        }

        return certain;
    }

    private static EntryCondition ConditionOf(MapEntry entry) => new(entry.Lo, entry.Shard, entry.Attempt);

    /// <summary>One entry alone: what others did to its neighbours does not matter.</summary>
    private async ValueTask<EntryFate> ReleaseAsync(BucketId bucket, MapEntry claimed, CancellationToken cancellationToken)
    {
        for (var round = 0; round < options.Attempts; round++)
        {
            switch (await tables.ChangeMapAsync(bucket, ShardSteps.GiveUp(claimed), cancellationToken))
            {
                case TableOutcome.Applied:
                    return EntryFate.Released;
                case TableOutcome.Unknown:
                    await Task.Delay(options.Pause, time, cancellationToken);
                    break;
                default:
                    // One that went unanswered may have applied, or another attempt has the entry, or a decision took the shard off the map.
                    var map = await tables.ReadMapAsync(bucket, cancellationToken);
                    if (map?.Find(claimed.Shard) is not { } entry)
                    {
                        return EntryFate.Gone;
                    }

                    if (entry.Attempt != claimed.Attempt)
                    {
                        return EntryFate.Released;
                    }

                    break;
            }
        }

        return EntryFate.Unknown;
    }

    /// <summary>Whoever meets the shard does it otherwise, so an unknown outcome is left as it is.</summary>
    private async ValueTask ThawAsync(BucketId bucket, ShardId shard, AttemptId dead, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 2; round++)
        {
            var result = await tables.ChangeStaticsAsync(bucket, shard, ShardSteps.Thaw(dead), cancellationToken);
            if (result.Outcome != TableOutcome.Unknown)
            {
                return;
            }
        }
    }
}
