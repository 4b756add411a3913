using System.Security.Cryptography;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.CqlLoad;

/// <summary>Chunks as the blob store has them: partitions of 16, a row each, inserted with the timestamp 1, in a table with its options.</summary>
internal sealed class BlobLoad(CqlSession session, LoadOptions options, bool reads) : ILoad
{
    private const int ChunksPerPartition = 16;
    private const int WritesAhead = 8;

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
                WITH compaction = {"{'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T8', 'target_sstable_size': '1GiB', 'min_sstable_size': '100MiB'}"}
                AND compression = {"{'class': 'NoopCompressor', 'chunk_length_in_kb': 64}"}
                AND caching = {"{'keys': 'NONE', 'rows_per_partition': 'NONE'}"}
                AND read_repair = 'NONE' AND gc_grace_seconds = 14400
                """),
            token);
        _insert = await session.PrepareAsync($"INSERT INTO {table} (id, grp, n, data) VALUES (?, ?, ?, ?) USING TIMESTAMP 1", token);
        _select = await session.PrepareAsync($"SELECT data FROM {table} WHERE id = ? AND grp = ? AND n = ?", token);
        await Parallel.ForAsync(
            0,
            reads ? options.Chunks : 0,
            new ParallelOptions { MaxDegreeOfParallelism = WritesAhead, CancellationToken = token },
            async (number, stop) => await WriteAsync(number, stop));
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
        using var statement = Bind(_select, number % options.Chunks);
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
