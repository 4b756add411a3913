using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>Reads and writes of <c>bucket_config</c>, whose rows never change.</summary>
internal sealed class ConfigurationStatements(StatementRunner runner)
{
    private readonly StatementSlot _read = new(runner, "SELECT record FROM bucket_config WHERE bucket = ? AND epoch = ?");

    private readonly StatementSlot _add =
        new(runner, "INSERT INTO bucket_config (bucket, epoch, record) VALUES (?, ?, ?) IF NOT EXISTS");

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(BucketId bucket, int epoch, CancellationToken cancellationToken)
    {
        using var bound = (await _read.GetAsync(cancellationToken)).Bind().Uuid(bucket.Value).Int(epoch);
        using var rows = await runner.ReadAsync(bound, serial: true, cancellationToken);
        if (!rows.Read())
        {
            return null;
        }

        return rows.IsNull(0) ? ReadOnlyMemory<byte>.Empty : rows.GetBlob(0).ToArray();
    }

    public async ValueTask<TableOutcome> AddAsync(BucketId bucket, int epoch, ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        try
        {
            using var bound = (await _add.GetAsync(cancellationToken)).Bind().Uuid(bucket.Value).Int(epoch).Blob(record);
            using var result = await runner.TryAsync(bound, cancellationToken);
            return result switch
            {
                null => TableOutcome.Unknown,
                { Outcome: Outcome.Applied } => TableOutcome.Applied,
                _ => TableOutcome.NotApplied,
            };
        }
        catch (StoreUnavailableException)
        {
            return TableOutcome.Unknown;
        }
    }
}
