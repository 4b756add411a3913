using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>What requests take of managed memory, by all that this process allocates meanwhile. Their time is a matter of benchmarks/CqlLoad.</summary>
[Collection(CassandraCollection.Name)]
public class AllocationTests(KeyspaceFixture keyspace) : IClassFixture<KeyspaceFixture>
{
    private const int ChunkSize = 512 * 1024;

#if DEBUG
    // There every asynchronous method that waits is an object.
    private const int Slack = 8;
#else
    private const int Slack = 1;
#endif
    private const int SmallRequest = 600 * Slack;
    private const int Chunk = 2048 * Slack;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_small_request_takes_some_hundred_bytes(ProtocolVersion version)
    {
        var (session, insert, select) = await PrepareAsync(version, "small");
        var value = new byte[64];
        await AssertAsync(SmallRequest, 2_000, number => WriteAsync(session, insert, number % 100, value, Traffic.Metadata));
        await AssertAsync(SmallRequest, 2_000, number => ReadAsync(session, select, number % 100, Traffic.Metadata));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_chunk_goes_from_the_caller_s_memory_and_comes_into_memory_that_is_used_again(ProtocolVersion version)
    {
        var (session, insert, select) = await PrepareAsync(version, "chunk");
        var value = new byte[ChunkSize];
        await AssertAsync(Chunk, 400, number => WriteAsync(session, insert, number % 16, value, Traffic.Blob));
        await AssertAsync(Chunk, 400, number => ReadAsync(session, select, number % 16, Traffic.Blob));
    }

    /// <summary>Each request's share of what was allocated, once as many have gone before to fill the pools.</summary>
    private static async Task AssertAsync(long most, int count, Func<int, ValueTask> request)
    {
        var before = 0L;
        for (var number = -count; number < count; number++)
        {
            before = number == 0 ? GC.GetTotalAllocatedBytes(precise: true) : before;
            await request(Math.Abs(number));
        }

        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / count, 0, most);
    }

    private static async ValueTask WriteAsync(CqlSession session, PreparedStatement insert, int key, byte[] value, Traffic traffic)
    {
        using var bound = insert.Bind().Int(key).Blob(value);
        bound.Traffic = traffic;
        using var rows = await session.ExecuteAsync(bound, Token);
    }

    private static async ValueTask ReadAsync(CqlSession session, PreparedStatement select, int key, Traffic traffic)
    {
        using var bound = select.Bind().Int(key);
        bound.Traffic = traffic;
        using var rows = await session.ExecuteAsync(bound, Token);
        Assert.True(rows.Read());
        _ = rows.GetBlob(0);
    }

    private async Task<(CqlSession Session, PreparedStatement Insert, PreparedStatement Select)> PrepareAsync(ProtocolVersion version, string name)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"{name}{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, data blob)", Token);
        return (session,
            await session.PrepareAsync($"INSERT INTO {table} (k, data) VALUES (?, ?)", Token),
            await session.PrepareAsync($"SELECT data FROM {table} WHERE k = ?", Token));
    }
}
