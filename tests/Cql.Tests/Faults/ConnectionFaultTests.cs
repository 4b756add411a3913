using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.Cassandra;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Cql.Tests.Faults;

/// <summary>Answers that come late, twice or never, and connections that end: nothing hangs, and nothing crosses to another request.</summary>
[Collection(CassandraCollection.Name)]
public sealed class ConnectionFaultTests(SharedCassandra cassandra) : IAsyncLifetime
{
    private const int Keys = 64;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private ProxiedCluster? _cluster;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ProxiedCluster Cluster => _cluster!;

    private CqlSession Session => Cluster.Session;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ProxiedCluster.StartAsync(
            await cassandra.SingleAsync(), static options => options with { MetadataConnections = 1 }, Token);
        await Session.RunAsync("CREATE TABLE t (k int PRIMARY KEY, v int)", Token);
        var insert = await Session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?)", Token);
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => Session.RunAsync(insert.Bind().Int(key).Int(key * 1000), Token)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_late_answer_does_not_cross_to_another_request()
    {
        var time = new ManualTime();
        await using var session = await Cluster.ConnectAsync(options => options with { MetadataConnections = 1, TimeProvider = time }, Token);
        var select = await session.PrepareAsync("SELECT v FROM t WHERE k = ?", Token);
        var gate = new TaskCompletionSource();
        var all = Cluster.FaultAsync(IsRead, new CqlFault { HoldAnswer = gate.Task }, times: 8);
        var late = Enumerable.Range(0, 8).Select(key => ReadAsync(session, select, key, Short)).ToList();
        await all;
        time.Advance(2 * Short);
        foreach (var read in late)
        {
            await Assert.ThrowsAsync<CqlTimeoutException>(() => read);
        }

        await ReadAllAsync(session, select);
        gate.SetResult();
        await Cluster.Proxies[0].WhenDoneAsync();
        await ReadAllAsync(session, select);
    }

    [Fact]
    public async Task A_second_answer_does_not_cross_to_another_request()
    {
        var select = await Session.PrepareAsync("SELECT v FROM t WHERE k = ?", Token);
        _ = Cluster.FaultAsync(IsRead, CqlFault.DuplicateAnswer, times: 4);
        for (var round = 0; round < 4; round++)
        {
            await ReadAllEventuallyAsync(Session, select);
        }
    }

    [Fact]
    public async Task What_is_under_way_on_a_connection_that_is_cut_ends_once()
    {
        var insert = await Session.PrepareAsync("INSERT INTO t (k, v) VALUES (?, ?)", Token);
        var gate = new TaskCompletionSource();
        var all = Cluster.FaultAsync(request => request.Opcode == CqlOpcode.Execute, CqlFault.Hold(gate.Task), times: Keys);
        var writes = Enumerable.Range(0, Keys).Select(key => Session.RunAsync(insert.Bind().Int(key).Int(key * 1000), Token)).ToList();
        await all;
        Cluster.Proxies[0].CutAll();
        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<CqlUnknownOutcomeException>(() => write);
        }

        Assert.Equal(Keys, Cluster.Sent);
        gate.SetResult();
    }

    [Fact]
    public async Task Reads_whose_connection_is_cut_are_sent_again_to_the_same_node_where_it_is_the_only_one()
    {
        var select = await Session.PrepareAsync("SELECT v FROM t WHERE k = ?", Token);
        var gate = new TaskCompletionSource();
        var all = Cluster.FaultAsync(IsRead, CqlFault.Hold(gate.Task), times: Keys);
        var reads = ReadAllAsync(Session, select);
        await all;
        Cluster.Proxies[0].CutAll();
        await reads;
        Assert.Equal(2 * Keys, Cluster.Sent);
        gate.SetResult();
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_any_more_is_given_up_and_made_anew()
    {
        await using var session = await Cluster.ConnectAsync(
            options => options with { MetadataConnections = 1, HeartbeatInterval = TimeSpan.FromSeconds(1), HeartbeatTimeout = TimeSpan.FromSeconds(5) }, Token);
        var select = await session.PrepareAsync("SELECT v FROM t WHERE k = ?", Token);
        var accepted = Cluster.Proxies[0].Accepted;
        var stopped = Cluster.FaultAsync(IsRead, CqlFault.StopReading);
        var read = ReadAsync(session, select, 1, Long);
        await stopped;

        // The heartbeat finds it out, and what was under way goes to the next connection.
        await read;
        Assert.Equal(2, Cluster.Sent);
        await ReadAllEventuallyAsync(session, select);
        Assert.True(Cluster.Proxies[0].Accepted > accepted);
    }

    [Fact]
    public async Task A_node_that_accepts_nothing_for_a_while_is_found_again()
    {
        var select = await Session.PrepareAsync("SELECT v FROM t WHERE k = ?", Token);
        var proxy = Cluster.Proxies[0];
        var accepted = proxy.Accepted;
        proxy.RefusesConnections = true;
        proxy.CutAll();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (proxy.Accepted < accepted + 3)
        {
            await pace.WaitForNextTickAsync(Token);
            await Assert.ThrowsAnyAsync<CqlException>(() => ReadAsync(Session, select, 1, Long));
        }

        proxy.RefusesConnections = false;
        await ReadAllEventuallyAsync(Session, select);
    }

    [Fact]
    public async Task A_node_without_v5_is_spoken_to_in_v4()
    {
        await using var session = await CqlSession.ConnectAsync(
            KeyspaceFixture.Options([Cluster.Proxies[0].EndPoint]) with
            {
                ProtocolVersion = ProtocolVersion.V5,
                AddressTranslator = _ => Cluster.Proxies[0].EndPoint,
            },
            Token);
        Assert.Equal(ProtocolVersion.V4, session.ProtocolVersion);
        Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
    }

    private static bool IsRead(CqlFrame request) =>
        request.Opcode == CqlOpcode.Execute && request.Cql.StartsWith("SELECT v FROM t", StringComparison.Ordinal);

    private static async Task ReadAllAsync(CqlSession session, PreparedStatement select) =>
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => ReadAsync(session, select, key, Long)));

    /// <summary>Reads every key until all answer: a read may fail while connections are made anew, but never return another's value.</summary>
    private static async Task ReadAllEventuallyAsync(CqlSession session, PreparedStatement select)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Long);
        while (true)
        {
            try
            {
                await ReadAllAsync(session, select);
                return;
            }
            catch (CqlException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
            }
        }
    }

    private static async Task ReadAsync(CqlSession session, PreparedStatement select, int key, TimeSpan timeout)
    {
        using var bound = select.Bind().Int(key);
        bound.Timeout = timeout;
        using var rows = await session.ExecuteAsync(bound, Token);
        Assert.True(rows.Read());
        Assert.Equal(key * 1000, rows.GetInt(0));
    }
}
