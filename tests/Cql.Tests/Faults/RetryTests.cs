using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.Cassandra;
using S3Cassandra.Support;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Cql.Tests.Faults;

/// <summary>The rules of what is sent again, against three real nodes behind proxies that count what comes.</summary>
[Collection(CassandraCollection.Name)]
public sealed class RetryTests(ThreeProxies proxies) : IClassFixture<ThreeProxies>, IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private readonly int _key = proxies.NextKeys();
    private ProxiedCluster? _cluster;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ProxiedCluster Cluster => _cluster!;

    private CqlSession Session => Cluster.Session;

    public async ValueTask InitializeAsync() => _cluster = await proxies.StartAsync(Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_conditional_write_is_sent_once_whatever_happens()
    {
        var time = new ManualTime();
        await using var session = await Cluster.ConnectAsync(options => options with { TimeProvider = time }, Token);
        var insert = await Session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?) IF NOT EXISTS", Token);
        (string Fault, bool IsExecuted)[] cases =
        [
            ("cut before", false), ("cut after the request", true), ("cut instead of the answer", true), ("close half", false), ("no answer", true),
            ("overloaded", false), ("overloaded, yet executed", true), ("server error", false), ("CAS timeout", false), ("CAS timeout, yet executed", true),
        ];
        for (var at = 0; at < cases.Length; at++)
        {
            var key = _key + at;
            Cluster.Reset();
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var came = Cluster.FaultAsync(
                request => request.IsConditional && request.Opcode == CqlOpcode.Execute, FaultCases.Of(cases[at].Fault) with { Answered = answered });
            using var bound = insert.Bind().Int(key).Int(key);
            var isSilent = cases[at].Fault == "no answer";
            bound.Timeout = isSilent ? Short : null;
            var execution = (isSilent ? session : Session).ExecuteConditionalAsync(bound, Token).AsTask();
            await came;
            time.Advance(2 * Short);
            using (var result = await execution)
            {
                Assert.True(result.Outcome == Outcome.Unknown, $"{cases[at].Fault}: {result.Outcome}");
                Assert.NotNull(result.Cause);
            }

            if (cases[at].IsExecuted)
            {
                // Serial reads meanwhile would take the round from the write, and again from its next attempt.
                await answered.Task.WaitAsync(Token);
            }

            Assert.True(Cluster.Sent == 1, $"{cases[at].Fault}: sent {Cluster.Sent} times");
            Assert.Equal(cases[at].IsExecuted ? 1 : 0, await SerialCountAsync(key));
        }
    }

    [Fact]
    public async Task A_serial_read_that_met_the_round_of_another_is_sent_again_once()
    {
        await Session.RunAsync($"INSERT INTO t (k, v) VALUES ({_key}, 1) IF NOT EXISTS", Token);
        Predicate<CqlFrame> fits = request => request.Cql.StartsWith("SELECT count", StringComparison.Ordinal);
        _ = Cluster.FaultAsync(fits, FaultCases.Of("CAS timeout"));
        Assert.Equal(1, await SerialCountAsync(_key));
        Assert.Equal(2, Cluster.Sent);

        Cluster.Reset();
        _ = Cluster.FaultAsync(fits, FaultCases.Of("CAS timeout"), times: 2);
        var failed = await Assert.ThrowsAsync<CqlServerException>(() => SerialCountAsync(_key));
        Assert.True(failed.IsUnknownCasOutcome);
        Assert.Equal(2, Cluster.Sent);
    }

    [Fact]
    public async Task A_conditional_write_that_was_certainly_refused_is_an_error()
    {
        var insert = await Session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?) IF NOT EXISTS", Token);
        _ = Cluster.FaultAsync(request => request.IsConditional && request.Opcode == CqlOpcode.Execute, FaultCases.Of("bootstrapping"));
        using var bound = insert.Bind().Int(_key).Int(1);
        await Assert.ThrowsAsync<CqlServerException>(async () => await Session.ExecuteConditionalAsync(bound, Token));
        Assert.Equal(1, Cluster.Sent);
        Assert.Equal(0, await SerialCountAsync(_key));
    }

    [Theory]
    [InlineData("cut before")]
    [InlineData("cut after the request")]
    [InlineData("cut instead of the answer")]
    [InlineData("close half")]
    [InlineData("overloaded")]
    [InlineData("server error")]
    [InlineData("bootstrapping")]
    [InlineData("unavailable")]
    [InlineData("read timeout without the data")]
    public async Task A_read_is_sent_again(string fault)
    {
        await Session.RunAsync($"INSERT INTO t (k, v) VALUES ({_key}, 11)", Token);
        var select = await Session.PrepareAsync("SELECT v FROM t WHERE k = ?", Token);
        _ = Cluster.FaultAsync(request => request.Cql.StartsWith("SELECT v", StringComparison.Ordinal) && request.Opcode == CqlOpcode.Execute, FaultCases.Of(fault));
        using var bound = select.Bind().Int(_key);
        using var rows = await Session.ExecuteAsync(bound, Token);
        Assert.True(rows.Read());
        Assert.Equal(11, rows.GetInt(0));
        Assert.True(Cluster.Sent >= 2, $"sent {Cluster.Sent} times");
    }

    [Theory]
    [InlineData("cut instead of the answer")]
    [InlineData("overloaded, yet executed")]
    public async Task A_write_is_sent_again_only_when_it_is_idempotent(string fault)
    {
        var insert = await Session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?)", Token);
        Predicate<CqlFrame> fits = request => request.Cql.StartsWith("INSERT", StringComparison.Ordinal) && request.Opcode == CqlOpcode.Execute;
        _ = Cluster.FaultAsync(fits, FaultCases.Of(fault));
        using var once = insert.Bind().Int(_key).Int(1);
        var unknown = await Assert.ThrowsAsync<CqlUnknownOutcomeException>(async () => await Session.ExecuteAsync(once, Token));
        Assert.NotNull(unknown.Cause);
        Assert.Equal(1, Cluster.Sent);

        Cluster.Reset();
        _ = Cluster.FaultAsync(fits, FaultCases.Of(fault));
        var again = insert.Bind().Int(_key + 1).Int(2);
        again.IsIdempotent = true;
        await Session.RunAsync(again, Token);
        Assert.Equal(2, Cluster.Sent);
        Assert.Equal(1, await SerialCountAsync(_key + 1));
    }

    [Theory]
    [InlineData("read timeout", CqlErrorCode.ReadTimeout)]
    [InlineData("write timeout", CqlErrorCode.WriteTimeout)]
    public async Task Timeouts_of_a_node_are_not_met_with_more_load(string fault, CqlErrorCode code)
    {
        var cql = code == CqlErrorCode.ReadTimeout ? $"SELECT v FROM t WHERE k = {_key}" : $"INSERT INTO t (k, v) VALUES ({_key}, 1)";
        _ = Cluster.FaultAsync(request => request.Cql == cql, FaultCases.Of(fault), times: 2);
        var failed = await Assert.ThrowsAsync<CqlServerException>(
            async () => await Session.ExecuteAsync(new SimpleStatement(cql) { IsIdempotent = true }, Token));
        Assert.Equal(code, failed.Code);
        Assert.Equal(1, Cluster.Sent);
    }

    [Fact]
    public async Task A_logged_batch_whose_log_was_not_written_is_sent_again()
    {
        using var batch = new BatchStatement(BatchType.Logged) { IsIdempotent = true };
        batch.Add(new SimpleStatement($"INSERT INTO t (k, v) VALUES ({_key}, 1)")).Add(new SimpleStatement($"INSERT INTO t (k, v) VALUES ({_key + 1}, 2)"));
        _ = Cluster.FaultAsync(request => request.Opcode == CqlOpcode.Batch, FaultCases.Of("batch log timeout"));
        using var rows = await Session.ExecuteAsync(batch, Token);
        Assert.Equal(2, Cluster.Sent);
        Assert.Equal(1, await SerialCountAsync(_key + 1));
    }

    [Fact]
    public async Task A_read_without_an_answer_ends_in_its_time()
    {
        var time = new ManualTime();
        await using var session = await Cluster.ConnectAsync(options => options with { TimeProvider = time }, Token);
        var came = Cluster.FaultAsync(request => request.Cql.StartsWith("SELECT v", StringComparison.Ordinal), FaultCases.Of("no answer"));
        var read = session.ExecuteAsync(new SimpleStatement($"SELECT v FROM t WHERE k = {_key}") { Timeout = Short }, Token).AsTask();
        await came;
        time.Advance(2 * Short);
        var late = await Assert.ThrowsAsync<CqlTimeoutException>(() => read);
        Assert.True(late.MayHaveBeenSent);
        Assert.Equal(Short, late.Timeout);
    }

    [Fact]
    public async Task A_statement_that_a_node_forgot_is_prepared_anew_even_when_conditional()
    {
        var insert = await Session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?) IF NOT EXISTS", Token);
        Assert.Equal(Outcome.Applied, await Session.TryAsync(insert.Bind().Int(_key).Int(1), Token));
        _ = Cluster.FaultAsync(
            request => request.IsConditional && request.Opcode == CqlOpcode.Execute, CqlFault.AnswerWith(CqlError.Unprepared(insert.Id.Span)));
        Assert.Equal(Outcome.NotApplied, await Session.TryAsync(insert.Bind().Int(_key).Int(2), Token));
        Assert.Equal(2, Cluster.Sent);
    }

    private async Task<long> SerialCountAsync(int key)
    {
        using var rows = await Session.ExecuteAsync(
            new SimpleStatement($"SELECT count(*) FROM t WHERE k = {key}") { Consistency = Consistency.LocalSerial }, Token);
        Assert.True(rows.Read());
        return rows.GetBigint(0);
    }
}
