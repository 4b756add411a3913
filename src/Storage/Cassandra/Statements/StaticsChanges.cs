using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>Conditional changes of a shard's statics: the text has what the change sets and asks, in the order of its markers.</summary>
internal sealed class StaticsChanges(StatementRunner runner, ShardReads reads)
{
    /// <exception cref="ArgumentException">Nothing is set, or no state is asked for.</exception>
    public async ValueTask<ShardResult> ChangeAsync(BucketId bucket, ShardId shard, StaticsChange change, CancellationToken cancellationToken)
    {
        var text = TextOf(change);
        PreparedStatement prepared;
        try
        {
            prepared = await runner.PrepareAsync(text, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return ShardResult.Unknown;
        }

        using var bound = Bind(prepared.Bind(), bucket, shard, change);
        using var result = await runner.TryAsync(bound, cancellationToken);
        return result switch
        {
            null => ShardResult.Unknown,
            { Outcome: Outcome.Applied } => ShardResult.Applied,
            _ => await RefusedAsync(bucket, shard, ShardCommits.RefusalOf(result.Rows!), cancellationToken),
        };
    }

    /// <summary>A refusal shows what was asked alone. Whoever was refused wants to know whose freeze it met, and reads all of it.</summary>
    private async ValueTask<ShardResult> RefusedAsync(BucketId bucket, ShardId shard, ShardResult refusal, CancellationToken cancellationToken)
    {
        try
        {
            return refusal with { Statics = await reads.ReadStaticsAsync(bucket, shard, serial: true, cancellationToken) };
        }
        catch (StoreUnavailableException)
        {
            return refusal;
        }
    }

    private static string TextOf(StaticsChange change)
    {
        List<string> set = [];
        List<string> conditions = ["state IN ?"];
        AddIf(set, change.State is not null, "state = ?");
        AddIf(set, change.Attempt is not null, "attempt = ?");
        AddIf(set, change.Epoch is not null, "epoch = ?");
        AddIf(set, change.MinUpload is not null, "min_upload = ?");
        AddIf(set, change.Done is not null, "done[?] = ?");
        AddIf(conditions, change.IfAttempt is not null, "attempt = ?");
        AddIf(conditions, change.IfEpoch is not null, "epoch = ?");
        AddIf(conditions, change.IfMinUploadBelow is not null, "min_upload < ?");
        AddIf(conditions, change.IfDone is not null, "done[?] = ?");
        return set.Count == 0 || change.IfState.Count == 0
            ? throw new ArgumentException("A change of statics sets something, under a condition on the state.", nameof(change))
            : $"UPDATE object_index SET {string.Join(", ", set)} WHERE bucket = ? AND shard = ? IF {string.Join(" AND ", conditions)}";
    }

    private static void AddIf(List<string> to, bool wanted, string text)
    {
        if (wanted)
        {
            to.Add(text);
        }
    }

    private static BoundStatement Bind(BoundStatement bound, BucketId bucket, ShardId shard, StaticsChange change)
    {
        _ = change.State is { } state ? bound.Tinyint((sbyte)state) : bound;
        _ = change.Attempt is { } attempt ? bound.Uuid(attempt.Value) : bound;
        _ = change.Epoch is { } epoch ? bound.Int(epoch) : bound;
        _ = change.MinUpload is { } fence ? bound.Bigint(fence) : bound;
        _ = change.Done is { } done ? bound.Blob(StaticsColumns.KeyOf(done.Server)).Bigint(done.Number) : bound;
        bound.Uuid(bucket.Value).Uuid(shard.Value).List<sbyte>([.. change.IfState.Select(asked => (sbyte)asked)]);
        _ = change.IfAttempt is { } ifAttempt ? bound.Uuid(ifAttempt.Value) : bound;
        _ = change.IfEpoch is { } ifEpoch ? bound.Int(ifEpoch) : bound;
        _ = change.IfMinUploadBelow is { } below ? bound.Bigint(below) : bound;
        if (change.IfDone is { } ifDone)
        {
            bound.Blob(StaticsColumns.KeyOf(ifDone.Server));
            _ = ifDone.Number is { } number ? bound.Bigint(number) : bound.Null();
        }

        return bound;
    }
}
