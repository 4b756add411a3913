using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.CqlLoad;

/// <summary>Fenced batches as the index commits them: a static's condition and so many rows of one partition, one batch under way per partition.</summary>
internal sealed class BatchLoad(CqlSession session, LoadOptions options) : ILoad
{
    private const int Partitions = 16;

    private readonly byte[] _value = new byte[200];
    private readonly SemaphoreSlim[] _partitions = [.. Enumerable.Range(0, Partitions).Select(_ => new SemaphoreSlim(1))];
    private PreparedStatement _fence = null!;
    private PreparedStatement _insert = null!;

    public int DefaultInFlight => Partitions;

    public long BytesPerRequest => 0;

    public async Task PrepareAsync(CancellationToken token)
    {
        var table = $"{options.Keyspace}.shard";
        using var created = await session.ExecuteAsync(
            new SimpleStatement($"CREATE TABLE IF NOT EXISTS {table} (p int, state tinyint static, done bigint static, k bigint, v blob, PRIMARY KEY (p, k))"), token);
        _fence = await session.PrepareAsync($"UPDATE {table} SET done = ? WHERE p = ? IF state = 1", token);
        _insert = await session.PrepareAsync($"INSERT INTO {table} (p, k, v) VALUES (?, ?, ?)", token);
        for (var partition = 0; partition < Partitions; partition++)
        {
            using var result = await session.ExecuteConditionalAsync(
                new SimpleStatement($"UPDATE {table} SET state = 1 WHERE p = {partition} IF state = null"), token);
        }
    }

    public async ValueTask RunAsync(long number, CancellationToken token)
    {
        var partition = (int)(number % Partitions);
        await _partitions[partition].WaitAsync(token);
        try
        {
            using var batch = new BatchStatement(BatchType.Unlogged);
            batch.Add(_fence.Bind().Bigint(number).Int(partition));
            for (var row = 0; row < options.Rows; row++)
            {
                batch.Add(_insert.Bind().Int(partition).Bigint(((number * options.Rows) + row) % 100_000).BlobCopy(_value));
            }
            using var result = await session.ExecuteConditionalAsync(batch, token);
            if (result.Outcome != Outcome.Applied)
            {
                throw new InvalidOperationException($"A batch ended {result.Outcome}.");
            }
        }
        finally
        {
            _partitions[partition].Release();
        }
    }
}
