using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.FakeCassandra;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>Statements without a condition: what is repeated, what is not, and what is said at the end.</summary>
public class ExecutionTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly SimpleStatement Read = new("SELECT v FROM ks.t");
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_read_whose_connection_is_lost_goes_to_the_next_node(ProtocolVersion version)
    {
        var asked = 0;
        await using var cluster = Cluster(3, _ => Interlocked.Increment(ref asked) <= 2 ? FakeReply.Close : FakeReply.Void, version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        using var rows = await session.ExecuteAsync(Read, Token);
        Assert.Equal(3, asked);
        Assert.All(cluster.Nodes, node => Assert.Equal(1, node.RequestsOf(Read.Cql)));
    }

    [Fact]
    public async Task What_is_asked_of_one_node_goes_to_no_other()
    {
        var answers = true;
        await using var cluster = Cluster(3, _ => answers ? FakeReply.Void : FakeReply.Close);
        await using var session = await cluster.ConnectAsync();
        foreach (var node in session.Nodes)
        {
            using var rows = await session.ExecuteAsync(new SimpleStatement(Read.Cql) { Node = node.Address }, Token);
        }

        Assert.All(cluster.Nodes, node => Assert.Equal(1, node.RequestsOf(Read.Cql)));
        answers = false;
        var only = new SimpleStatement(Read.Cql) { Node = session.Nodes[0].Address };
        await Assert.ThrowsAnyAsync<CqlException>(async () => await session.ExecuteAsync(only, Token));
        var bound = cluster.Nodes.Single(node => node.RequestsOf(Read.Cql) > 1);
        Assert.InRange(bound.RequestsOf(Read.Cql), 2, 3);
        Assert.All(cluster.Nodes.Where(node => node != bound), node => Assert.Equal(1, node.RequestsOf(Read.Cql)));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_write_that_must_not_run_twice_ends_unknown_when_its_connection_is_lost(ProtocolVersion version)
    {
        await using var cluster = Cluster(3, _ => FakeReply.Close, version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        var write = new SimpleStatement("UPDATE ks.c SET n = n + 1 WHERE id = 1");
        var error = await Assert.ThrowsAsync<CqlUnknownOutcomeException>(async () => await session.ExecuteAsync(write, Token));
        Assert.IsType<CqlConnectionException>(error.Cause);
        Assert.Equal(1, cluster.Nodes.Sum(node => node.RequestsOf(write.Cql)));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task An_idempotent_write_is_sent_on(ProtocolVersion version)
    {
        var asked = 0;
        await using var cluster = Cluster(3, _ => Interlocked.Increment(ref asked) == 1 ? FakeReply.Close : FakeReply.Void, version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        using var rows = await session.ExecuteAsync(new SimpleStatement("DELETE FROM ks.t WHERE id = 1") { IsIdempotent = true }, Token);
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("SELECT v FROM ks.t", typeof(CqlTimeoutException))]
    [InlineData("INSERT INTO ks.t (id) VALUES (1)", typeof(CqlUnknownOutcomeException))]
    public async Task No_answer_in_time_is_a_timeout_of_a_read_and_an_unknown_end_of_a_write(string cql, Type expected)
    {
        await using var cluster = Cluster(2, _ => FakeReply.Silence);
        var time = new ManualTime();
        await using var session = await cluster.ConnectAsync(options => options with { TimeProvider = time });
        var execution = session.ExecuteAsync(new SimpleStatement(cql) { Timeout = Short }, Token).AsTask();
        await cluster.LetTimePassAsync(time, cql, 1, Short);
        var error = await Assert.ThrowsAnyAsync<CqlException>(() => execution);
        Assert.IsType(expected, error);
        Assert.Equal(1, cluster.RequestsOf(cql));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_late_answer_does_not_reach_the_next_request(ProtocolVersion version)
    {
        var late = new TaskCompletionSource();
        await using var cluster = Cluster(1, request => request.Cql == Read.Cql
            ? new FakeReply(FakeReply.Applied(true).Message) { After = late.Task }
            : FakeReply.Applied(false), version);
        var time = new ManualTime();
        await using var session = await cluster.ConnectAsync(
            options => options with { ProtocolVersion = version, MetadataConnections = 1, BlobConnections = 0, TimeProvider = time });
        var read = session.ExecuteAsync(new SimpleStatement(Read.Cql) { Timeout = Short }, Token).AsTask();
        await cluster.LetTimePassAsync(time, Read.Cql, 1, Short);
        await Assert.ThrowsAsync<CqlTimeoutException>(() => read);
        late.SetResult();
        for (var i = 0; i < 50; i++)
        {
            using var rows = await session.ExecuteAsync(new SimpleStatement("SELECT other FROM ks.t"), Token);
            Assert.True(rows.Read());
            Assert.False(rows.GetBoolean(0));
        }
    }

    [Fact]
    public async Task Unavailable_goes_to_one_other_node_and_no_further()
    {
        await using var cluster = Cluster(3, _ => FakeReply.Error(new ErrorResponse { Code = CqlErrorCode.Unavailable, Message = "", Consistency = Consistency.Quorum, Required = 2, Alive = 1 }));
        await using var session = await cluster.ConnectAsync();
        var error = await Assert.ThrowsAsync<CqlServerException>(async () => await session.ExecuteAsync(Read, Token));
        Assert.Equal((CqlErrorCode.Unavailable, 2, 1), (error.Code, error.Required, error.Alive));
        Assert.Equal(2, cluster.Nodes.Sum(node => node.RequestsOf(Read.Cql)));
    }

    [Fact]
    public async Task A_read_timeout_without_data_asks_the_same_node_once_more()
    {
        await using var cluster = Cluster(3, _ => FakeReply.Error(new ErrorResponse { Code = CqlErrorCode.ReadTimeout, Message = "", Consistency = Consistency.Quorum, Received = 2, Required = 2, DataPresent = false }));
        await using var session = await cluster.ConnectAsync();
        await Assert.ThrowsAsync<CqlServerException>(async () => await session.ExecuteAsync(Read, Token));
        Assert.Equal(2, cluster.Nodes.Max(node => node.RequestsOf(Read.Cql)));
        Assert.Equal(2, cluster.Nodes.Sum(node => node.RequestsOf(Read.Cql)));
    }

    [Fact]
    public async Task Another_id_for_the_same_text_is_refused()
    {
        await using var cluster = Cluster(1, _ => null);
        cluster.Statements.Add(TestStatements.Select);
        await using var session = await cluster.ConnectAsync();
        var select = await session.PrepareAsync(TestStatements.Select.Cql, Token);
        cluster.Nodes[0].Known.Clear();
        cluster.Nodes[0].Script = request => request.Opcode == Opcode.Prepare ? new(TestStatements.Select.Prepared with { Id = [1, 2, 3] }) : null;
        using var bound = select.Bind().Int(1);
        var error = await Assert.ThrowsAsync<CqlServerException>(async () => await session.ExecuteAsync(bound, Token));
        Assert.Equal(CqlErrorCode.Unprepared, error.Code);
    }

    [Fact]
    public async Task Many_callers_share_one_prepare_and_a_failed_one_is_not_kept()
    {
        await using var cluster = Cluster(1, _ => null);
        await using var session = await cluster.ConnectAsync();
        await Assert.ThrowsAsync<CqlServerException>(async () => await session.PrepareAsync(TestStatements.Select.Cql, Token));
        cluster.Statements.Add(TestStatements.Select);
        var prepared = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.PrepareAsync(TestStatements.Select.Cql, Token).AsTask()));
        Assert.Single(prepared.Distinct());
        Assert.Equal(2, cluster.Nodes[0].PreparesOf(TestStatements.Select.Cql));
    }

    [Fact]
    public async Task Columns_that_changed_are_learnt_in_v5()
    {
        await using var cluster = new FakeCluster { Version = ProtocolVersion.V5 };
        ColumnSpec[] changed = [FakeColumns.Of("v", CqlTypeCode.Int), FakeColumns.Of("w", CqlTypeCode.Int)];
        var first = true;
        cluster.Add().Script = request =>
        {
            if (request.Opcode != Opcode.Execute)
            {
                return null;
            }
            var columns = new RowsMetadata { ColumnCount = 2, Columns = changed, NewMetadataId = first ? [9] : null, Flags = first ? RowsFlags.None : RowsFlags.NoMetadata };
            first = false;
            return new(new RowsResult(columns, 0, 0));
        };
        cluster.Statements.Add(TestStatements.Select);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = ProtocolVersion.V5 });
        var select = await session.PrepareAsync(TestStatements.Select.Cql, Token);
        for (var i = 0; i < 2; i++)
        {
            using var bound = select.Bind().Int(1);
            using var rows = await session.ExecuteAsync(bound, Token);
            Assert.Equal(["v", "w"], rows.Columns.Select(column => column.Name));
        }
        Assert.Equal(new byte[] { 9 }, select.ResultMetadata.Id.ToArray());
    }

    [Fact]
    public async Task Pages_follow_their_states_until_there_is_none()
    {
        await using var cluster = Cluster(1, request => FakeReply.Page(
            TestStatements.Select.Columns,
            request.Parameters.PagingState.Length < 3 ? [.. request.Parameters.PagingState.Span, 7] : null,
            [0, 0, 0, (byte)request.Parameters.PagingState.Length]));
        await using var session = await cluster.ConnectAsync();
        var seen = new List<int>();
        await foreach (var page in session.QueryPagesAsync(Read, Token))
        {
            Assert.True(page.Read());
            seen.Add(page.GetInt(0));
        }
        Assert.Equal([0, 1, 2, 3], seen);
        Assert.True(Read.PagingState.IsEmpty);
    }

    [Fact]
    public async Task A_caller_that_gives_up_hears_of_it_at_once()
    {
        await using var cluster = Cluster(1, _ => FakeReply.Silence);
        await using var session = await cluster.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var execution = session.ExecuteAsync(Read, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
    }

    [Fact]
    public async Task Warnings_come_with_the_rows()
    {
        await using var cluster = Cluster(1, _ => FakeReply.Void with { Warnings = ["batch too large"] });
        await using var session = await cluster.ConnectAsync();
        using var rows = await session.ExecuteAsync(Read, Token);
        Assert.Equal(["batch too large"], rows.Warnings);
    }

    [Fact]
    public async Task A_change_of_the_schema_waits_until_the_nodes_agree()
    {
        await using var cluster = Cluster(3, _ => new(new SchemaChangeResult(new SchemaChangeEvent("CREATED", "TABLE", "ks", "new"))));
        var polls = 0;
        cluster.SchemaVersionOf = node => node.Number == 3 && Interlocked.Increment(ref polls) < 3 ? new Guid(9, 0, 0, new byte[8]) : Guid.Empty;
        await using var session = await cluster.ConnectAsync();
        using var rows = await session.ExecuteAsync(new SimpleStatement("CREATE TABLE ks.new (id int PRIMARY KEY)"), Token);
        Assert.Equal(3, polls);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4, "Ready")]
    [InlineData(ProtocolVersion.V4, "85")]
    [InlineData(ProtocolVersion.V5, "Ready")]
    [InlineData(ProtocolVersion.V5, "85")]
    public async Task A_malformed_answer_ends_its_connection_with_the_cause_and_a_read_goes_on(ProtocolVersion version, string opcode)
    {
        var asked = 0;
        var malformed = new FakeReply(opcode == "Ready" ? new ReadyResponse() : new UnknownMessage((Opcode)85));
        await using var cluster = Cluster(2, _ => Interlocked.Increment(ref asked) == 1 ? malformed : FakeReply.Void, version);
        await using var session = await cluster.ConnectAsync(options => options with { ProtocolVersion = version });
        using var rows = await session.ExecuteAsync(Read, Token);
        Assert.Equal(2, asked);
        await Eventually.HoldsAsync(() => session.Nodes.Any(node =>
            node.Failure is CqlProtocolException failure && failure.Message.Contains($"answered a statement with {opcode}", StringComparison.Ordinal)));
    }

    private static FakeCluster Cluster(int nodes, Func<FakeRequest, FakeReply?> script, ProtocolVersion version = ProtocolVersion.V4)
    {
        var cluster = new FakeCluster { Version = version };
        for (var i = 0; i < nodes; i++)
        {
            cluster.Add().Script = request => request.Opcode == Opcode.Query && request.Cql.Contains("system", StringComparison.Ordinal) ? null
                : request.Opcode == Opcode.Prepare ? null
                : script(request);
        }
        return cluster;
    }
}
