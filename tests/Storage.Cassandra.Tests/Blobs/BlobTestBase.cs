using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>Short ways to write blobs and to look into the tables behind the store's back.</summary>
public abstract class BlobTestBase(CassandraKeyspace keyspace) : IAsyncLifetime, IClassFixture<CassandraKeyspace>
{
    protected const int ChunkSize = 16 * 1024;

    protected static BlobOwner Owner { get; } = new(BucketId.New(), ObjectKey.Parse("a/ä"), new UploadId(77));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected CassandraKeyspace Keyspace => keyspace;

    public async ValueTask InitializeAsync() => await keyspace.TruncateAsync("blob", "pin", "suspect", "suspect_hour");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static byte[] Chunk(int number) => [.. Enumerable.Range(0, 100 + number).Select(i => (byte)(i * 7 + number))];

    protected static async Task WriteAsync(IBlobStore blobs, IBlobWriter writer, int number)
    {
        using var buffer = await blobs.RentChunkAsync(ChunkSize, Token);
        var chunk = Chunk(number);
        chunk.CopyTo(buffer.Memory);
        await writer.WriteAsync(number, buffer, chunk.Length, Crc64Nvme.Hash(chunk), Token);
    }

    protected static async Task<BlobId> WriteAsync(IBlobStore blobs, params int[] numbers)
    {
        await using var writer = await blobs.CreateAsync(Owner, Token);
        foreach (var number in numbers)
        {
            await WriteAsync(blobs, writer, number);
        }

        await writer.CompleteAsync(Token);
        return writer.Id;
    }

    protected static async Task<byte[]> ReadAsync(IBlobStore blobs, BlobId blob, int number)
    {
        using var buffer = await blobs.RentChunkAsync(ChunkSize, Token);
        var length = await blobs.ReadAsync(blob, ChunkSize, number, buffer, Token);
        return buffer.Memory[..length].ToArray();
    }

    protected async Task ExecuteAsync(string cql)
    {
        using var rows = await keyspace.Session.ExecuteAsync(new SimpleStatement(cql), Token);
    }

    /// <summary>The one number that a query returns.</summary>
    protected async Task<long> CountAsync(string from)
    {
        using var rows = await keyspace.Session.ExecuteAsync(new SimpleStatement($"SELECT count(*) FROM {from}"), Token);
        Assert.True(rows.Read());
        return rows.GetBigint(0);
    }

    /// <summary>How many partitions a blob has left.</summary>
    protected async Task<int> PartitionsAsync(BlobId blob)
    {
        using var rows = await keyspace.Session.ExecuteAsync(new SimpleStatement("SELECT DISTINCT id, grp FROM blob"), Token);
        var count = 0;
        while (rows.Read())
        {
            count += new Guid(rows.GetBlob(0).Span, bigEndian: true) == blob.Value ? 1 : 0;
        }

        return count;
    }

    protected static string Row(BlobId blob, int number) => $"id = 0x{blob.Value:N} AND grp = {number / 16} AND n = {number}";
}
