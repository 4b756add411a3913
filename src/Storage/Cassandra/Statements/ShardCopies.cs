using S3Cassandra.Cql;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>Plain writes into shards that nobody uses yet, and the end of shards that nobody uses any more.</summary>
internal sealed class ShardCopies(StatementRunner runner)
{
    /// <summary>Any conditional write and any deletion outdoes it.</summary>
    private const long CopyTimestamp = 1;

    /// <summary>The year 2200, in microseconds: a shard's id is never used again, so nothing written to it is ever to be seen.</summary>
    private const long EndOfTime = 7_258_118_400_000_000;

    private const int MostRows = 256;
    private const int MostBytes = 512 * 1024;

    private readonly StatementSlot _statics = new(
        runner,
        "INSERT INTO object_index (bucket, shard, sec, key, v, lo, hi, state, attempt, epoch, min_upload, tally) "
        + "VALUES (?, ?, -1, 0x, 0x, ?, ?, ?, ?, ?, ?, ?)");

    private readonly StatementSlot _row =
        new(runner, "UPDATE object_index SET ver = ?, m = ?, b = ? WHERE bucket = ? AND shard = ? AND sec = ? AND key = ? AND v = ?");

    private readonly StatementSlot _deleteRow =
        new(runner, "DELETE FROM object_index WHERE bucket = ? AND shard = ? AND sec = ? AND key = ? AND v = ?");

    private readonly StatementSlot _delete = new(runner, "DELETE FROM object_index WHERE bucket = ? AND shard = ?");

    public async ValueTask CopyAsync(
        BucketId bucket, ShardId shard, ShardStatics? statics, IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken)
    {
        if (statics is not null)
        {
            using var bound = BindStatics((await _statics.GetAsync(cancellationToken)).Bind(), bucket, shard, statics);
            bound.Timestamp = CopyTimestamp;
            await runner.WriteAsync(bound, cancellationToken);
        }

        await WriteAsync(bucket, shard, CopyTimestamp, rows, cancellationToken);
    }

    public async ValueTask CorrectAsync(
        BucketId bucket, ShardId shard, int pass, IReadOnlyList<ShardRow> rows, IReadOnlyList<CopiedRow> gone, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pass, CopyTimestamp);
        await WriteAsync(bucket, shard, pass, rows, cancellationToken);
        var form = await _deleteRow.GetAsync(cancellationToken);
        for (var next = 0; next < gone.Count;)
        {
            using var batch = new BatchStatement(BatchType.Unlogged) { Timestamp = pass };
            for (; next < gone.Count && batch.Count < MostRows; next++)
            {
                batch.Add(form.Bind().Uuid(bucket.Value).Uuid(shard.Value)
                    .Tinyint((sbyte)gone[next].Address.Section).BlobCopy(gone[next].Key).Blob(gone[next].Address.Suffix));
            }

            await runner.WriteAsync(batch, cancellationToken);
        }
    }

    private async ValueTask WriteAsync(
        BucketId bucket, ShardId shard, long timestamp, IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken)
    {
        var form = await _row.GetAsync(cancellationToken);
        for (var next = 0; next < rows.Count;)
        {
            using var batch = new BatchStatement(BatchType.Unlogged) { Timestamp = timestamp };
            for (var bytes = 0; next < rows.Count && batch.Count < MostRows && bytes < MostBytes; next++)
            {
                batch.Add(BindRow(form.Bind(), bucket, shard, rows[next], isFirst: timestamp == CopyTimestamp));
                bytes += rows[next].Row.Record.Length + rows[next].Row.Body.Length;
            }

            await runner.WriteAsync(batch, cancellationToken);
        }
    }

    public async ValueTask DeleteAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken)
    {
        using var bound = (await _delete.GetAsync(cancellationToken)).Bind().Uuid(bucket.Value).Uuid(shard.Value);
        bound.Timestamp = EndOfTime;
        await runner.WriteAsync(bound, cancellationToken);
    }

    private static BoundStatement BindStatics(BoundStatement bound, BucketId bucket, ShardId shard, ShardStatics statics)
    {
        bound.Uuid(bucket.Value).Uuid(shard.Value).Blob(statics.Lo);
        _ = statics.Hi is { } hi ? bound.Blob(hi) : bound.Unset();
        bound.Tinyint((sbyte)statics.State);
        _ = statics.Attempt is { } attempt ? bound.Uuid(attempt.Value) : bound.Unset();
        return bound.Int(statics.Epoch).Bigint(statics.MinUpload).Encoded(StaticsColumns.Encode(statics.Tallies));
    }

    /// <summary>An empty body is written where another copy of the row may lie below, which may have one.</summary>
    private static BoundStatement BindRow(BoundStatement bound, BucketId bucket, ShardId shard, ShardRow row, bool isFirst)
    {
        bound.Uuid(row.Row.Ver).Blob(row.Row.Record);
        _ = row.Row.Body.IsEmpty && isFirst ? bound.Unset() : bound.Blob(row.Row.Body);
        return bound.Uuid(bucket.Value).Uuid(shard.Value)
            .Tinyint((sbyte)row.Row.Address.Section).Blob(row.Key).Blob(row.Row.Address.Suffix);
    }
}
