using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.FakeCassandra;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>A conditional write is sent once, whatever happens; its end is applied, not applied, unknown, or a failure that is certain.</summary>
public class ConditionalTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, Outcome.Applied)]
    [InlineData(false, Outcome.NotApplied)]
    public async Task The_node_says_whether_it_applied(bool applied, Outcome expected)
    {
        await using var cluster = Cluster(_ => FakeReply.Applied(applied));
        await using var session = await cluster.ConnectAsync();
        using var bound = await BindAsync(session);
        using var result = await session.ExecuteConditionalAsync(bound, Token);
        Assert.Equal(expected, result.Outcome);
        Assert.True(result.Rows!.Read());
        Assert.Equal(applied, result.Rows.GetBoolean(result.Rows.IndexOf("[applied]")));
        Assert.Null(result.Cause);
    }

    [Fact]
    public async Task Applied_is_found_by_its_name_wherever_it_stands()
    {
        await using var cluster = Cluster(_ => FakeReply.Rows([FakeColumns.Of("v", CqlTypeCode.Int), FakeColumns.Of("[applied]", CqlTypeCode.Boolean)], [0, 0, 0, 1], [1]));
        await using var session = await cluster.ConnectAsync();
        using var bound = await BindAsync(session);
        using var result = await session.ExecuteConditionalAsync(bound, Token);
        Assert.Equal(Outcome.Applied, result.Outcome);
    }

    public static MatrixTheoryData<string, ProtocolVersion> UnknownEnds { get; } = new(
        ["no applied", "cas timeout", "cas write unknown", "simple timeout", "server error", "closed", "silence"],
        [ProtocolVersion.V4, ProtocolVersion.V5]);

    [Theory]
    [MemberData(nameof(UnknownEnds))]
    public async Task An_unknown_outcome_is_a_value_with_its_cause_and_the_statement_was_sent_once(string end, ProtocolVersion version)
    {
        await using var cluster = Cluster(_ => end switch
        {
            "cas timeout" => Timeout(WriteType.Cas),
            "cas write unknown" => FakeReply.Error(new ErrorResponse { Code = CqlErrorCode.CasWriteUnknown, Message = "", Consistency = Consistency.LocalSerial, Received = 1, Required = 2 }),
            "simple timeout" => Timeout(WriteType.Simple),
            "server error" => FakeReply.Error(CqlErrorCode.ServerError),
            "closed" => FakeReply.Close,
            "no applied" => FakeReply.Rows(TestStatements.Select.Columns, [0, 0, 0, 1]),
            _ => FakeReply.Silence,
        }, version);
        var time = new ManualTime();
        var isSilent = end == "silence";
        await using var session = await cluster.ConnectAsync(
            options => options with { ProtocolVersion = version, TimeProvider = isSilent ? time : options.TimeProvider });
        using var bound = await BindAsync(session);
        bound.IsIdempotent = true;
        bound.Timeout = TimeSpan.FromMinutes(1);
        var first = session.ExecuteConditionalAsync(bound, Token).AsTask();
        await LetTimePassAsync(1);
        using (var result = await first)
        {
            Assert.Equal(Outcome.Unknown, result.Outcome);
            Assert.Null(result.Rows);
            Assert.NotNull(result.Cause);
        }
        Assert.Equal(1, cluster.RequestsOf(TestStatements.Update.Cql));
        if (end == "no applied")
        {
            return;
        }
        var second = session.ExecuteAsync(bound, Token).AsTask();
        await LetTimePassAsync(2);
        var thrown = await Assert.ThrowsAsync<CqlUnknownOutcomeException>(() => second);
        Assert.Same(thrown.InnerException, thrown.Cause);

        Task LetTimePassAsync(int requests) =>
            isSilent ? cluster.LetTimePassAsync(time, TestStatements.Update.Cql, requests, bound.Timeout.Value) : Task.CompletedTask;
    }

    [Theory]
    [InlineData(CqlErrorCode.Invalid)]
    [InlineData(CqlErrorCode.Unauthorized)]
    [InlineData(CqlErrorCode.IsBootstrapping)]
    public async Task A_refusal_is_thrown_and_not_taken_elsewhere(CqlErrorCode code)
    {
        await using var cluster = Cluster(_ => FakeReply.Error(code));
        await using var session = await cluster.ConnectAsync();
        using var bound = await BindAsync(session);
        var error = await Assert.ThrowsAsync<CqlServerException>(async () => await session.ExecuteConditionalAsync(bound, Token));
        Assert.Equal(code, error.Code);
        Assert.Equal(1, cluster.Nodes.Sum(node => node.RequestsOf(TestStatements.Update.Cql)));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_node_that_does_not_know_the_statement_is_told_it_and_asked_once_more(ProtocolVersion version)
    {
        await using var cluster = Cluster(_ => FakeReply.Applied(true), version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        var update = await session.PrepareAsync(TestStatements.Update.Cql, Token);
        foreach (var node in cluster.Nodes)
        {
            node.Known.Clear();
        }
        using var bound = update.Bind().Int(1).Int(2).Int(3);
        using var result = await session.ExecuteConditionalAsync(bound, Token);
        Assert.Equal(Outcome.Applied, result.Outcome);
        Assert.Equal(2, cluster.Nodes.Sum(node => node.RequestsOf(TestStatements.Update.Cql)));
        Assert.Equal(2, cluster.Nodes.Sum(node => node.PreparesOf(TestStatements.Update.Cql)));
    }

    [Fact]
    public async Task Columns_come_with_every_answer()
    {
        await using var cluster = Cluster(_ => FakeReply.Applied(true));
        await using var session = await cluster.ConnectAsync();
        using var bound = await BindAsync(session);
        (await session.ExecuteConditionalAsync(bound, Token)).Dispose();
        var request = cluster.Nodes.SelectMany(node => node.Requests).Single(request => request.Opcode == Opcode.Execute);
        Assert.False(request.Parameters.SkipMetadata);
        Assert.Equal(Consistency.LocalSerial, request.Parameters.SerialConsistency);
        Assert.Equal(Consistency.LocalQuorum, request.Parameters.Consistency);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_conditional_batch_is_sent_once_too(ProtocolVersion version)
    {
        await using var cluster = Cluster(_ => FakeReply.Close, version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        var update = await session.PrepareAsync(TestStatements.Update.Cql, Token);
        using var batch = new BatchStatement(BatchType.Unlogged).Add(update.Bind().Int(1).Int(2).Int(3)).Add(update.Bind().Int(1).Int(2).Int(4));
        using var result = await session.ExecuteConditionalAsync(batch, Token);
        Assert.Equal(Outcome.Unknown, result.Outcome);
        Assert.Equal(1, cluster.Nodes.Sum(node => node.Requests.Count(request => request.Opcode == Opcode.Batch)));
    }

    [Fact]
    public async Task A_batch_with_a_value_missing_is_not_sent()
    {
        await using var cluster = Cluster(_ => FakeReply.Applied(true));
        await using var session = await cluster.ConnectAsync();
        var update = await session.PrepareAsync(TestStatements.Update.Cql, Token);
        using var batch = new BatchStatement(BatchType.Unlogged).Add(update.Bind().Int(1).Int(2));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.ExecuteConditionalAsync(batch, Token));
        Assert.DoesNotContain(cluster.Nodes, node => node.Requests.Any(request => request.Opcode == Opcode.Batch));
    }

    [Fact]
    public async Task A_statement_without_a_condition_has_no_such_outcome()
    {
        await using var cluster = Cluster(_ => null);
        await using var session = await cluster.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await session.ExecuteConditionalAsync(new SimpleStatement("DELETE FROM ks.t WHERE id = 1"), Token));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task It_goes_to_the_first_replica_in_the_rings_order(ProtocolVersion version)
    {
        await using var cluster = Cluster(_ => FakeReply.Applied(true), version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        var update = await session.PrepareAsync(TestStatements.Update.Cql, Token);
        for (var i = 0; i < 10; i++)
        {
            using var bound = update.Bind().Int(1).Int(42).Int(3);
            (await session.ExecuteConditionalAsync(bound, Token)).Dispose();
        }
        var asked = cluster.Nodes.Where(node => node.Requests.Any(request => request.Opcode == Opcode.Execute)).ToList();
        Assert.Equal(session.Replicas(FakeColumns.Keyspace, [0, 0, 0, 42])[0], Assert.Single(asked).Address);
    }

    private static FakeReply Timeout(WriteType type) => FakeReply.Error(new ErrorResponse
    {
        Code = CqlErrorCode.WriteTimeout,
        Message = "",
        Consistency = Consistency.LocalSerial,
        Received = 0,
        Required = 2,
        WriteType = type,
    });

    /// <summary>Three nodes that do the same about every EXECUTE and BATCH.</summary>
    private static FakeCluster Cluster(Func<FakeRequest, FakeReply?> script, ProtocolVersion version = ProtocolVersion.V4)
    {
        var cluster = new FakeCluster { Version = version };
        for (var i = 0; i < 3; i++)
        {
            var node = cluster.Add();
            node.Script = request => request.Opcode is Opcode.Execute or Opcode.Batch ? script(request) : null;
            node.Known[TestStatements.Update.Cql] = TestStatements.Update;
        }
        cluster.Statements.Add(TestStatements.Update);
        return cluster;
    }

    private static async Task<BoundStatement> BindAsync(CqlSession session)
    {
        var update = await session.PrepareAsync(TestStatements.Update.Cql, Token);
        return update.Bind().Int(1).Int(2).Int(3);
    }
}
