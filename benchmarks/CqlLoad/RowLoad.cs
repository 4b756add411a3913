using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.CqlLoad;

/// <summary>Small rows, a partition each.</summary>
internal sealed class RowLoad(CqlSession session, LoadOptions options, bool reads) : ILoad
{
    private const int RowsRead = 10_000;

    private readonly byte[] _value = new byte[64];
    private PreparedStatement _insert = null!;
    private PreparedStatement _select = null!;

    public int DefaultInFlight => 64;

    public long BytesPerRequest => 0;

    public async Task PrepareAsync(CancellationToken token)
    {
        var table = $"{options.Keyspace}.row";
        using var created = await session.ExecuteAsync(new SimpleStatement($"CREATE TABLE IF NOT EXISTS {table} (k bigint PRIMARY KEY, v blob)"), token);
        _insert = await session.PrepareAsync($"INSERT INTO {table} (k, v) VALUES (?, ?)", token);
        _select = await session.PrepareAsync($"SELECT v FROM {table} WHERE k = ?", token);
        await Parallel.ForAsync(0, reads ? RowsRead : 0, new ParallelOptions { MaxDegreeOfParallelism = DefaultInFlight, CancellationToken = token }, async (number, stop) => await WriteAsync(number, stop));
    }

    public ValueTask RunAsync(long number, CancellationToken token) => reads ? ReadAsync(number % RowsRead, token) : WriteAsync(number, token);

    private async ValueTask WriteAsync(long number, CancellationToken token)
    {
        using var statement = _insert.Bind().Bigint(number).BlobCopy(_value);
        statement.IsIdempotent = true;
        using var rows = await session.ExecuteAsync(statement, token);
    }

    private async ValueTask ReadAsync(long number, CancellationToken token)
    {
        using var statement = _select.Bind().Bigint(number);
        using var rows = await session.ExecuteAsync(statement, token);
        if (!rows.Read() || rows.GetBlob(0).Length != _value.Length)
        {
            throw new InvalidOperationException("A row is missing.");
        }
    }
}
