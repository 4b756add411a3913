using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>Conditional changes of <c>shard_map</c>: one batch, with a statement for the statics and one for each entry.</summary>
internal sealed class MapChanges(StatementRunner runner)
{
    private const string Entry = "WHERE bucket = ? AND lo = ?";
    private const string IfShard = " IF shard = ?";
    private const string IfShardAndAttempt = " IF shard = ? AND attempt = ?";
    private const string Put = $"UPDATE shard_map SET shard = ?, attempt = ?, until = ? {Entry}";
    private const string Remove = $"DELETE FROM shard_map {Entry}";

    /// <exception cref="ArgumentException">It has no condition.</exception>
    public async ValueTask<TableOutcome> ChangeAsync(BucketId bucket, MapChange change, CancellationToken cancellationToken)
    {
        using var batch = new BatchStatement(BatchType.Unlogged);
        try
        {
            await FillAsync(batch, bucket, change, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return TableOutcome.Unknown;
        }

        if (!batch.IsConditional)
        {
            throw new ArgumentException("A change of the map has a condition.", nameof(change));
        }

        using var result = await runner.TryAsync(batch, cancellationToken);
        return result switch
        {
            null => TableOutcome.Unknown,
            { Outcome: Outcome.Applied } => TableOutcome.Applied,
            _ => TableOutcome.NotApplied,
        };
    }

    private async ValueTask FillAsync(BatchStatement batch, BucketId bucket, MapChange change, CancellationToken cancellationToken)
    {
        await AddStaticsAsync(batch, bucket, change, cancellationToken);
        foreach (var entry in change.Put)
        {
            var condition = Find(change, entry.Lo);
            var bound = (await runner.PrepareAsync(Put + TextOf(condition), cancellationToken)).Bind();
            batch.Add(bound);
            bound.Uuid(entry.Shard.Value);
            _ = entry.Attempt is { } attempt ? bound.Uuid(attempt.Value) : bound.Null();
            _ = entry.Until is { } until ? bound.Instant(until) : bound.Null();
            Ask(bound.Uuid(bucket.Value).Blob(entry.Lo), condition);
        }

        foreach (var lo in change.Remove)
        {
            var condition = Find(change, lo);
            var bound = (await runner.PrepareAsync(Remove + TextOf(condition), cancellationToken)).Bind();
            batch.Add(bound);
            Ask(bound.Uuid(bucket.Value).Blob(lo), condition);
        }

        foreach (var condition in change.IfEntries)
        {
            if (!change.Put.Any(entry => Same(entry.Lo, condition.Lo)) && !change.Remove.Any(lo => Same(lo, condition.Lo)))
            {
                var bound = (await runner.PrepareAsync(Put + TextOf(condition), cancellationToken)).Bind();
                batch.Add(bound);
                Ask(bound.Unset().Unset().Unset().Uuid(bucket.Value).Blob(condition.Lo), condition);
            }
        }
    }

    private async ValueTask AddStaticsAsync(BatchStatement batch, BucketId bucket, MapChange change, CancellationToken cancellationToken)
    {
        List<string> conditions = [];
        AddIf(conditions, change.IfAbsent || change.IfState is not null, "state = ?");
        AddIf(conditions, change.IfEpoch is not null, "epoch = ?");
        AddIf(conditions, change.IfEpochDone is not null, "epoch_done = ?");
        AddIf(conditions, change.IfDeleter is not null, "deleter = ?");
        var sets = change.State is not null || change.Epoch is not null || change.EpochDone is not null || change.Deleter is not null;
        if (!sets && conditions.Count == 0)
        {
            return;
        }

        // What is unset is neither written nor deleted, so one text sets any of them, or asks only.
        var text = "UPDATE shard_map SET state = ?, epoch = ?, epoch_done = ?, deleter = ?, deleter_until = ? WHERE bucket = ?"
            + (conditions.Count == 0 ? "" : " IF " + string.Join(" AND ", conditions));
        var bound = (await runner.PrepareAsync(text, cancellationToken)).Bind();
        batch.Add(bound);
        _ = change.State is { } state ? bound.Tinyint((sbyte)state) : bound.Unset();
        _ = change.Epoch is { } epoch ? bound.Int(epoch) : bound.Unset();
        _ = change.EpochDone is { } epochDone ? bound.Int(epochDone) : bound.Unset();
        _ = change.Deleter is { } deleter ? bound.Uuid(deleter.Attempt.Value).Instant(deleter.Until) : bound.Unset().Unset();
        bound.Uuid(bucket.Value);
        _ = change.IfState is { } ifState ? bound.Tinyint((sbyte)ifState) : change.IfAbsent ? bound.Null() : bound;
        _ = change.IfEpoch is { } ifEpoch ? bound.Int(ifEpoch) : bound;
        _ = change.IfEpochDone is { } ifEpochDone ? bound.Int(ifEpochDone) : bound;
        _ = change.IfDeleter is { } ifDeleter ? bound.Uuid(ifDeleter.Value) : bound;
    }

    private static void AddIf(List<string> to, bool wanted, string text)
    {
        if (wanted)
        {
            to.Add(text);
        }
    }

    private static EntryCondition? Find(MapChange change, ReadOnlyMemory<byte> lo)
    {
        foreach (var condition in change.IfEntries)
        {
            if (Same(condition.Lo, lo))
            {
                return condition;
            }
        }

        return null;
    }

    private static string TextOf(EntryCondition? condition) => condition switch
    {
        null => "",
        { AskAttempt: true } => IfShardAndAttempt,
        _ => IfShard,
    };

    private static void Ask(BoundStatement bound, EntryCondition? condition)
    {
        if (condition is not { } asked)
        {
            return;
        }

        bound.Uuid(asked.Shard.Value);
        if (asked.AskAttempt)
        {
            _ = asked.Attempt is { } attempt ? bound.Uuid(attempt.Value) : bound.Null();
        }
    }

    private static bool Same(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceEqual(right.Span);
}
