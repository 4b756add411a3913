using System.Security.Cryptography;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.CqlLoad;

/// <summary>Chunks as the blob store has them: partitions of 16, a row each, inserted with the timestamp 1.</summary>
internal sealed class BlobLoad(CqlSession session, LoadOptions options, bool reads) : ILoad
{
    private const int ChunksPerPartition = 16;
    private const int PartitionsRead = 16;

    private readonly byte[] _data = RandomNumberGenerator.GetBytes(options.Size);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private PreparedStatement _insert = null!;
    private PreparedStatement _select = null!;

    public int DefaultInFlight => 16;

    public long BytesPerRequest => options.Size;

    public async Task PrepareAsync(CancellationToken token)
    {
        var table = $"{options.Keyspace}.blob";
        using var created = await session.ExecuteAsync(
            new SimpleStatement($"""
                CREATE TABLE IF NOT EXISTS {table} (id blob, grp int, n int, data blob, PRIMARY KEY ((id, grp), n))
                WITH compression = {"{'class': 'NoopCompressor', 'chunk_length_in_kb': 64}"} AND gc_grace_seconds = 0
                """),
            token);
        _insert = await session.PrepareAsync($"INSERT INTO {table} (id, grp, n, data) VALUES (?, ?, ?, ?) USING TIMESTAMP 1", token);
        _select = await session.PrepareAsync($"SELECT data FROM {table} WHERE id = ? AND grp = ? AND n = ?", token);
        for (var number = 0; reads && number < PartitionsRead * ChunksPerPartition; number++)
        {
            await WriteAsync(number, token);
        }
    }

    public ValueTask RunAsync(long number, CancellationToken token) => reads ? ReadAsync(number, token) : WriteAsync(number, token);

    private async ValueTask WriteAsync(long number, CancellationToken token)
    {
        using var statement = Bind(_insert, number).Blob(_data);
        statement.IsIdempotent = true;
        statement.Traffic = Traffic.Blob;
        using var rows = await session.ExecuteAsync(statement, token);
    }

    private async ValueTask ReadAsync(long number, CancellationToken token)
    {
        using var statement = Bind(_select, number % (PartitionsRead * ChunksPerPartition));
        statement.Traffic = Traffic.Blob;
        using var rows = await session.ExecuteAsync(statement, token);
        if (!rows.Read() || rows.GetBlob(0).Length != options.Size)
        {
            throw new InvalidOperationException("A chunk is missing.");
        }
    }

    private BoundStatement Bind(PreparedStatement prepared, long number) =>
        prepared.Bind().BlobCopy(_id).Int((int)(number / ChunksPerPartition)).Int((int)(number % ChunksPerPartition));
}
