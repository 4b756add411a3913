using S3Cassandra.Cql.Tests.FakeCassandra;

namespace S3Cassandra.Cql.Tests.Sessions;

public class SessionTests
{
    private const int VersionLowered = 6003;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_statement_is_prepared_bound_and_executed(ProtocolVersion version)
    {
        await using var cluster = new FakeCluster { Version = version };
        cluster.Add().Script = request => request.Cql == TestStatements.Select.Cql && request.Opcode == Cql.Protocol.Opcode.Execute
            ? FakeReply.Rows(TestStatements.Select.Columns, [0, 0, 0, 7])
            : null;
        cluster.Statements.Add(TestStatements.Select);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        var select = await session.PrepareAsync(TestStatements.Select.Cql, Token);

        using var bound = select.Bind().Int(1);
        using var rows = await session.ExecuteAsync(bound, Token);

        Assert.True(rows.Read());
        Assert.Equal(7, rows.GetInt(0));
        Assert.False(rows.Read());
        Assert.Equal(version, session.ProtocolVersion);
    }

    [Fact]
    public async Task A_node_that_does_not_speak_v5_is_asked_for_v4()
    {
        await using var cluster = new FakeCluster { Version = ProtocolVersion.V4 };
        cluster.Add();
        using var log = new RecordedLog();
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = ProtocolVersion.V5, LoggerFactory = log });
        Assert.Equal(ProtocolVersion.V4, session.ProtocolVersion);
        var line = Assert.Single(log.Lines, line => line.Id.Id == VersionLowered).Text;
        Assert.StartsWith($"{cluster.Nodes[0].Address} does not speak protocol V5; going on with V4: ", line, StringComparison.Ordinal);
    }
}
