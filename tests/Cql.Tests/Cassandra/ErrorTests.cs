using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra;

[Collection(CassandraCollection.Name)]
public class ErrorTests(KeyspaceFixture keyspace, SharedCassandra cassandra) : IClassFixture<KeyspaceFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELEC 1", CqlErrorCode.SyntaxError)]
    [InlineData("SELECT * FROM nowhere", CqlErrorCode.Invalid)]
    [InlineData("CREATE TABLE errors (k int PRIMARY KEY)", CqlErrorCode.AlreadyExists)]
    [InlineData("SELECT k FROM errors WHERE v = 1", CqlErrorCode.Invalid)]
    [InlineData("CREATE KEYSPACE bad WITH replication = {'class': 'NoStrategy'}", CqlErrorCode.ConfigError)]
    public async Task A_node_s_refusal_comes_with_its_code_and_node(string cql, CqlErrorCode code)
    {
        foreach (var version in new[] { ProtocolVersion.V4, ProtocolVersion.V5 })
        {
            var session = await keyspace.SessionAsync(version, Token);
            await session.RunAsync("CREATE TABLE IF NOT EXISTS errors (k int PRIMARY KEY, v int)", Token);
            var refused = await Assert.ThrowsAsync<CqlServerException>(() => session.RunAsync(cql, Token));
            Assert.Equal(code, refused.Code);
            Assert.NotNull(refused.Node);
            Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
        }
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_request_that_is_too_big_is_refused_and_the_session_goes_on(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        await session.RunAsync("CREATE TABLE IF NOT EXISTS big (k int PRIMARY KEY, data blob)", Token);
        var insert = await session.PrepareAsync("INSERT INTO big (k, data) VALUES (?, ?)", Token);
        var refused = await Assert.ThrowsAsync<CqlServerException>(() => session.RunAsync(insert.Bind().Int(1).Blob(new byte[17 << 20]), Token));
        Assert.Equal(CqlErrorCode.Invalid, refused.Code);
        await session.RunAsync(insert.Bind().Int(1).Blob(new byte[1 << 20]), Token);
        Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM big", Token));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_batch_over_the_limit_of_the_node_is_refused(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        await session.RunAsync("CREATE TABLE IF NOT EXISTS batchlimit (k int PRIMARY KEY, data blob)", Token);
        var insert = await session.PrepareAsync("INSERT INTO batchlimit (k, data) VALUES (?, ?)", Token);
        using var batch = new BatchStatement(BatchType.Logged);
        for (var key = 0; key < 3; key++)
        {
            batch.Add(insert.Bind().Int(key).Blob(new byte[1 << 20]));
        }

        var refused = await Assert.ThrowsAsync<CqlServerException>(async () => await session.ExecuteAsync(batch, Token));
        Assert.Equal(CqlErrorCode.Invalid, refused.Code);
        Assert.Contains("Batch too large", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Too_few_replicas_are_said_with_their_numbers(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var replicas = session.Nodes.Count + 2;
        var name = $"{keyspace.Name}_more{(int)version}";
        await KeyspaceFixture.CreateAsync(session, name, replicas, Token);
        await session.RunAsync($"CREATE TABLE {name}.t (k int PRIMARY KEY)", Token);
        var failed = await Assert.ThrowsAsync<CqlServerException>(
            async () => await session.ExecuteAsync(new SimpleStatement($"INSERT INTO {name}.t (k) VALUES (1)") { Consistency = Consistency.All }, Token));
        Assert.Equal(
            (CqlErrorCode.Unavailable, Consistency.All, replicas, replicas - 2), (failed.Code, failed.Consistency!.Value, failed.Required!.Value, failed.Alive!.Value));
        await session.RunAsync($"DROP KEYSPACE {name}", Token);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_keyspace_that_is_missing_is_named(ProtocolVersion version)
    {
        var contactPoints = await cassandra.AnyAsync();
        var missing = await Assert.ThrowsAsync<CqlServerException>(
            async () => await KeyspaceFixture.ConnectAsync(contactPoints, "nowhere_at_all", version, Token));
        Assert.Contains("nowhere_at_all", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_node_that_is_not_there_is_named_with_the_reason(ProtocolVersion version)
    {
        var options = KeyspaceFixture.Options([]) with { ContactPoints = ["127.0.0.1:1", "localhost:1"], ProtocolVersion = version };
        var none = await Assert.ThrowsAsync<NoNodeAvailableException>(async () => await CqlSession.ConnectAsync(options, Token));
        Assert.NotEmpty(none.Reasons);
        Assert.All(none.Reasons, reason => Assert.IsType<CqlConnectionException>(reason.Value));
        Assert.Contains("127.0.0.1:1", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_keyspace_dropped_and_made_anew_under_a_session_is_used_again(ProtocolVersion version)
    {
        var admin = await keyspace.SessionAsync(version, Token);
        var name = $"{keyspace.Name}_under{(int)version}";
        await KeyspaceFixture.CreateAsync(admin, name, 1, Token);
        await using var session = await KeyspaceFixture.ConnectAsync(await cassandra.AnyAsync(), name, version, Token);
        await session.RunAsync("CREATE TABLE t (k int PRIMARY KEY, v int)", Token);
        var insert = await session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?)", Token);
        await session.RunAsync(insert.Bind().Int(1).Int(1), Token);

        await admin.RunAsync($"DROP KEYSPACE {name}", Token);
        await Assert.ThrowsAsync<CqlServerException>(() => session.RunAsync(insert.Bind().Int(2).Int(2), Token));
        await KeyspaceFixture.CreateAsync(admin, name, 1, Token);
        await admin.RunAsync($"CREATE TABLE {name}.t (k int PRIMARY KEY, v int)", Token);
        Assert.True(await session.AwaitSchemaAgreementAsync(Token));
        await session.RunAsync(insert.Bind().Int(3).Int(3), Token);
        Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM t", Token));
        await admin.RunAsync($"DROP KEYSPACE {name}", Token);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_cancelled_request_ends_at_once_and_the_session_goes_on(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        using var cancellation = new CancellationTokenSource();
        var request = session.CountAsync("SELECT count(*) FROM system.size_estimates", cancellation.Token);
        await cancellation.CancelAsync();
        try
        {
            _ = await request;
        }
        catch (OperationCanceledException)
        {
            // Unless the answer was faster.
        }

        Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
    }
}
