using Microsoft.Extensions.Logging;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Replaces shards by fresh ones over the same range: split, merged or rewritten, one operation with one decision. Wherever it stops, anyone
/// who meets what it left finishes or undoes it (<see cref="ShardRecovery"/>).
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="suspects">Where shards are named that may become garbage.</param>
/// <param name="options">Limits and times.</param>
/// <param name="time">The clock, and every wait.</param>
/// <param name="newId">New ids, never used before: <see cref="Guid.NewGuid"/>.</param>
/// <param name="logger">Where replacements are told.</param>
internal sealed class ShardReplacer(
    IIndexTables tables, ISuspectTable suspects, ShardingOptions options, TimeProvider time, Func<Guid> newId, ILogger logger)
{
    private readonly ReplacementPlanner _planner = new(tables, options, time);
    private readonly ShardClaims _claims = new(tables, options, time, newId);
    private readonly ShardCopier _copier = new(tables, new ShardClaims(tables, options, time, newId), options);
    private readonly ShardFreezer _freezer = new(tables, options, time);
    private readonly ConfigurationChanger _configurations = new(tables, options, time);

    /// <summary>Replaces a shard if that is worth it, alone or with its neighbours.</summary>
    /// <exception cref="StoreUnavailableException">The tables do not answer; what was begun is undone, or will be.</exception>
    public ValueTask<Replacement> ReplaceAsync(
        BucketId bucket, ShardId shard, ReplacementReason reason, CancellationToken cancellationToken) =>
        ReplaceAsync(new ReplacementProgress(bucket, shard, reason, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc cref="ReplaceAsync(BucketId, ShardId, ReplacementReason, CancellationToken)"/>
    public async ValueTask<Replacement> ReplaceAsync(ReplacementProgress progress, CancellationToken cancellationToken)
    {
        var bucket = progress.Bucket;
        var map = await _configurations.FinishAsync(bucket, cancellationToken);
        if (map is not { State: BucketState.Live }
            || await _planner.PlanAsync(bucket, map, progress.Shard, progress.Reason, cancellationToken) is not { } plan)
        {
            return Replacement.None(ReplacementOutcome.NotNeeded);
        }

        (progress.Stage, progress.Rows) = (ReplacementStage.Claiming, plan.Rows);
        if (await _claims.TakeAsync(bucket, plan.Parents, cancellationToken) is not { } claim)
        {
            return Replacement.None(ReplacementOutcome.Lost);
        }

        Replacement? result = null;
        try
        {
            CrashPoint.Hit("replace-after-claim");
            result = await ReplaceAsync(plan, claim, progress, cancellationToken);
            return result;
        }
        finally
        {
            if (result is null)
            {
                await AbandonAsync(bucket, claim);
            }
        }
    }

    private static NewShard[] ChildrenOf(ReplacementPlan plan, IReadOnlyList<ShardId> ids, IReadOnlyList<ShardStatics> parents)
    {
        ReadOnlyMemory<byte>[] starts = [parents[0].Lo, .. plan.Cuts];
        return
        [
            .. ids.Select((id, place) => new NewShard(
                id, new KeyRange(starts[place], place + 1 < starts.Length ? starts[place + 1] : parents[^1].Hi))),
        ];
    }

    /// <summary>From a claim that stands to a decision, or to the claim's end.</summary>
    private async ValueTask<Replacement> ReplaceAsync(
        ReplacementPlan plan, ShardClaim claim, ReplacementProgress progress, CancellationToken cancellationToken)
    {
        // Children may come to nothing, parents to be replaced: both are named while the claim stands, so that no crash leaves them behind.
        var bucket = progress.Bucket;
        ShardId[] ids = [.. Enumerable.Range(0, plan.Cuts.Count + 1).Select(_ => new ShardId(newId()))];
        ShardId[] replaced = [.. plan.Parents.Select(parent => parent.Shard)];
        await suspects.NameAsync([.. ids.Concat(replaced).Select(shard => Suspicion.OfShard(bucket, shard, claim.Attempt))], cancellationToken);
        CrashPoint.Hit("replace-after-suspect");

        var copied = new CopiedRows();
        var outcome = ReplacementOutcome.Lost;
        var frozen = time.GetTimestamp();
        if (await CopyAheadAsync(plan, claim, ids, copied, progress, cancellationToken))
        {
            progress.Stage = ReplacementStage.Copying;
            frozen = time.GetTimestamp();
            if (await FreezeAsync(bucket, claim, cancellationToken) is { } parents)
            {
                CrashPoint.Hit("replace-after-freeze");
                var children = ChildrenOf(plan, ids, parents);
                var withBody = copied.Passes == 0;
                if (await _copier.PassAsync(bucket, claim, parents, children, copied, withBody, progress, cancellationToken))
                {
                    await _copier.CompleteAsync(bucket, parents, children, copied, cancellationToken);
                    CrashPoint.Hit("replace-before-decision");
                    if (await _claims.RenewAsync(bucket, claim, cancellationToken))
                    {
                        progress.Stage = ReplacementStage.Deciding;
                        outcome = await DecideAsync(bucket, claim, parents[0].Epoch, children, cancellationToken);
                    }
                }
            }
        }

        if (outcome == ReplacementOutcome.Lost)
        {
            await _claims.GiveUpAsync(bucket, claim, cancellationToken);
        }

        return new Replacement(outcome, replaced, ids, progress.Copied, time.GetElapsedTime(frozen));
    }

    /// <summary>
    /// Copies while writers go on, so that little is left to do while they wait; false where the claim went. Small shards are copied frozen,
    /// and so are those whose copy cannot be remembered.
    /// </summary>
    private async ValueTask<bool> CopyAheadAsync(
        ReplacementPlan plan, ShardClaim claim, ShardId[] ids, CopiedRows copied, ReplacementProgress progress, CancellationToken cancellationToken)
    {
        if (plan.Rows < options.CopyAheadRows || plan.Rows > options.MostCopiedAhead)
        {
            return true;
        }

        progress.Stage = ReplacementStage.CopyingAhead;
        var parents = new List<ShardStatics>(claim.Entries.Count);
        foreach (var entry in claim.Entries)
        {
            if (await tables.ReadStaticsAsync(progress.Bucket, entry.Shard, cancellationToken) is not { } statics)
            {
                return false;
            }

            parents.Add(statics);
        }

        var children = ChildrenOf(plan, ids, parents);
        while (copied.Passes < options.PassesAhead)
        {
            if (!await _copier.PassAsync(progress.Bucket, claim, parents, children, copied, withBody: true, progress, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Freezes every parent; their statics, read when nothing can commit to any of them any more, or null.</summary>
    private async ValueTask<IReadOnlyList<ShardStatics>?> FreezeAsync(BucketId bucket, ShardClaim claim, CancellationToken cancellationToken)
    {
        foreach (var entry in claim.Entries)
        {
            if (await _freezer.FreezeAsync(bucket, entry.Shard, claim.Attempt, claim.StandsIn, cancellationToken) != FreezeOutcome.Frozen
                || !await _claims.RenewAsync(bucket, claim, cancellationToken))
            {
                return null;
            }
        }

        var parents = new List<ShardStatics>(claim.Entries.Count);
        foreach (var entry in claim.Entries)
        {
            // Of another epoch: a change of the configuration is on its way through the shards, and is finished first.
            var statics = await tables.ReadStaticsAsync(bucket, entry.Shard, cancellationToken);
            if (statics is not { State: ShardState.Frozen } || statics.Attempt != claim.Attempt
                || (parents.Count > 0 && parents[0].Epoch != statics.Epoch))
            {
                return null;
            }

            parents.Add(statics);
        }

        return parents;
    }

    /// <summary>
    /// One batch on the map: the children for the parents. It needs the claim on every entry, the epoch that the children carry, and a bucket
    /// that nobody deletes.
    /// </summary>
    private async ValueTask<ReplacementOutcome> DecideAsync(
        BucketId bucket, ShardClaim claim, int epoch, IReadOnlyList<NewShard> children, CancellationToken cancellationToken)
    {
        var decision = new MapChange
        {
            IfState = BucketState.Live,
            IfEpoch = epoch,
            IfEntries = [.. claim.Entries.Select(entry => new EntryCondition(entry.Lo, entry.Shard, claim.Attempt))],
            Put = [.. children.Select(child => child.Entry)],
            Remove = [.. claim.Entries.Skip(1).Select(entry => entry.Lo)],
        };
        var outcome = await tables.ChangeMapAsync(bucket, decision, cancellationToken);
        if (outcome == TableOutcome.NotApplied)
        {
            return ReplacementOutcome.Lost;
        }

        if (outcome == TableOutcome.Unknown)
        {
            Log.DecisionUnknown(logger, claim.Attempt.Value, bucket.Value);
            var certain = await _claims.GiveUpAsync(bucket, claim, cancellationToken);
            var map = await tables.ReadMapAsync(bucket, cancellationToken);
            if (map is null || !children.Any(child => map.Find(child.Shard) is not null))
            {
                return certain ? ReplacementOutcome.Lost : ReplacementOutcome.Unknown;
            }
        }

        CrashPoint.Hit("replace-after-decision");
        foreach (var child in children)
        {
            // Whoever meets one that is still BORN does it otherwise.
            await tables.ChangeStaticsAsync(bucket, child.Shard, ShardSteps.Activation, cancellationToken);
            CrashPoint.Hit("replace-after-activation");
        }

        return ReplacementOutcome.Replaced;
    }

    /// <summary>What was begun cannot be gone on with: the shards are given back at once, not when the claim's time is over.</summary>
    private async ValueTask AbandonAsync(BucketId bucket, ShardClaim claim)
    {
        using var patience = new CancellationTokenSource(options.Claim, time);
        try
        {
            await _claims.GiveUpAsync(bucket, claim, patience.Token);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            Log.ClaimLeft(logger, claim.Attempt.Value, bucket.Value, options.Claim.TotalSeconds);
        }
    }
}
