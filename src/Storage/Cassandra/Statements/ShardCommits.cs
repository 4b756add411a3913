using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>
/// The fenced batch: one statement on the statics, and one for each row that is written, deleted or only looked at. Every condition is
/// sent, those on rows that are not written as well.
/// </summary>
internal sealed class ShardCommits(StatementRunner runner)
{
    private const string Address = "bucket = ? AND shard = ? AND sec = ? AND key = ? AND v = ?";

    private readonly StatementSlot _fence = new(
        runner,
        "UPDATE object_index SET done[?] = ?, tally[?] = ? WHERE bucket = ? AND shard = ? "
        + "IF state = 1 AND epoch = ? AND done[?] = ? AND min_upload <= ?");

    private readonly StatementSlot _write = new(runner, $"UPDATE object_index SET ver = ?, m = ?, b = ? WHERE {Address}");

    // With ver, m and b unset it writes nothing and asks only.
    private readonly StatementSlot _conditionalWrite = new(runner, $"UPDATE object_index SET ver = ?, m = ?, b = ? WHERE {Address} IF ver = ?");
    private readonly StatementSlot _delete = new(runner, $"DELETE FROM object_index WHERE {Address}");
    private readonly StatementSlot _conditionalDelete = new(runner, $"DELETE FROM object_index WHERE {Address} IF ver = ?");

    public async ValueTask<ShardResult> CommitAsync(BucketId bucket, ShardId shard, ShardBatch batch, CancellationToken cancellationToken)
    {
        using var statement = new BatchStatement(BatchType.Unlogged);
        try
        {
            await FillAsync(statement, bucket, shard, batch, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return ShardResult.Unknown;
        }

        using var result = await runner.TryAsync(statement, cancellationToken);
        return result switch
        {
            null => ShardResult.Unknown,
            { Outcome: Outcome.Applied } => ShardResult.Applied,
            _ => RefusalOf(result.Rows!),
        };
    }

    /// <summary>
    /// What a refusal shows: the statics that were asked, on each row, and the rows with conditions that exist; where none of those exists
    /// the statics alone, and where there is no such shard nothing but that it was refused.
    /// </summary>
    public static ShardResult RefusalOf(RowSet refusal)
    {
        ShardStatics? statics = null;
        var rows = new List<ShardRow>();
        var (section, key, suffix, ver) = (refusal.TryIndexOf("sec"), refusal.TryIndexOf("key"), refusal.TryIndexOf("v"), refusal.TryIndexOf("ver"));
        while (refusal.Read())
        {
            statics ??= StaticsColumns.Read(refusal);
            if (ver >= 0 && section >= 0 && !refusal.IsNull(section) && !refusal.IsNull(ver))
            {
                var address = new RowAddress((IndexSection)refusal.GetTinyint(section), refusal.GetBlob(suffix).ToArray());
                rows.Add(new ShardRow(refusal.GetBlob(key).ToArray(), new IndexRow(address, refusal.GetUuid(ver), default, default)));
            }
        }

        return new ShardResult(TableOutcome.NotApplied, statics, rows);
    }

    private async ValueTask FillAsync(
        BatchStatement statement, BucketId bucket, ShardId shard, ShardBatch batch, CancellationToken cancellationToken)
    {
        var me = StaticsColumns.KeyOf(batch.Server);
        var fence = (await _fence.GetAsync(cancellationToken)).Bind();
        statement.Add(fence);
        fence.Blob(me).Bigint(batch.Number).Blob(me).Encoded(StaticsColumns.Encode(batch.Tally)).Uuid(bucket.Value).Uuid(shard.Value)
            .Int(batch.Epoch).Blob(me);
        _ = batch.Previous is { } previous ? fence.Bigint(previous) : fence.Null();
        fence.Bigint(batch.Started);
        var forms = new Forms(
            await _write.GetAsync(cancellationToken),
            await _conditionalWrite.GetAsync(cancellationToken),
            await _delete.GetAsync(cancellationToken),
            await _conditionalDelete.GetAsync(cancellationToken));
        foreach (var commit in batch.Commits)
        {
            Add(statement, forms, bucket, shard, commit);
        }
    }

    private static void Add(BatchStatement statement, Forms forms, BucketId bucket, ShardId shard, IndexCommit commit)
    {
        foreach (var write in commit.Writes)
        {
            var condition = ConditionOn(commit, write.Address);
            var bound = (condition is null ? forms.Write : forms.ConditionalWrite).Bind();
            statement.Add(bound);
            bound.Uuid(write.Ver).Blob(write.Record);
            _ = write.Body.IsEmpty && condition is { Ver: null }
                ? bound.Unset()  // Nothing is there that it would have to replace.
                : bound.Blob(write.Body);  // Empty, where a null would be a tombstone that every scan counts.
            Locate(bound, bucket, shard, commit.Key, write.Address);
            Ask(bound, condition);
        }

        foreach (var address in commit.Deletes)
        {
            var condition = ConditionOn(commit, address);
            var bound = (condition is null ? forms.Delete : forms.ConditionalDelete).Bind();
            statement.Add(bound);
            Locate(bound, bucket, shard, commit.Key, address);
            Ask(bound, condition);
        }

        foreach (var condition in commit.Conditions)
        {
            if (!IsChanged(commit, condition.Address))
            {
                var bound = forms.ConditionalWrite.Bind();
                statement.Add(bound);
                bound.Unset().Unset().Unset();
                Locate(bound, bucket, shard, commit.Key, condition.Address);
                Ask(bound, condition);
            }
        }
    }

    private static void Locate(BoundStatement bound, BucketId bucket, ShardId shard, ObjectKey key, RowAddress address) =>
        bound.Uuid(bucket.Value).Uuid(shard.Value).Tinyint((sbyte)address.Section).Blob(key.Memory).Blob(address.Suffix);

    private static void Ask(BoundStatement bound, RowCondition? condition)
    {
        if (condition is { } asked)
        {
            _ = asked.Ver is { } ver ? bound.Uuid(ver) : bound.Null();
        }
    }

    private static RowCondition? ConditionOn(IndexCommit commit, RowAddress address)
    {
        foreach (var condition in commit.Conditions)
        {
            if (condition.Address.Equals(address))
            {
                return condition;
            }
        }

        return null;
    }

    private static bool IsChanged(IndexCommit commit, RowAddress address)
    {
        foreach (var write in commit.Writes)
        {
            if (write.Address.Equals(address))
            {
                return true;
            }
        }

        foreach (var deleted in commit.Deletes)
        {
            if (deleted.Equals(address))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Forms(PreparedStatement Write, PreparedStatement ConditionalWrite, PreparedStatement Delete, PreparedStatement ConditionalDelete);
}
