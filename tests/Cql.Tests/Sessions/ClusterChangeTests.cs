using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.FakeCassandra;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>Nodes and connections that come and go under a session.</summary>
public class ClusterChangeTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly SimpleStatement Read = new("SELECT v FROM ks.t");

    [Fact]
    public async Task Broken_connections_are_replaced()
    {
        await using var cluster = new FakeCluster();
        var node = cluster.Add();
        await using var session = await cluster.ConnectAsync(Hurried);
        node.CloseConnections();
        await Eventually.HoldsAsync(() => node.Accepted == 10 && node.Connections == 5 && session.Nodes[0].Connections == 4);
        using var rows = await session.ExecuteAsync(Read, Token);
    }

    [Fact]
    public async Task A_node_that_is_down_is_passed_over_and_says_why()
    {
        await using var cluster = new FakeCluster();
        var (_, down) = (cluster.Add(), cluster.Add());
        await using var session = await cluster.ConnectAsync(Hurried);
        await down.DisposeAsync();
        await Eventually.HoldsAsync(() => !session.Nodes[1].IsUp);
        for (var i = 0; i < 20; i++)
        {
            (await session.ExecuteAsync(Read, Token)).Dispose();
        }
        Assert.Contains(down.Address.ToString(), session.Nodes[1].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_every_node_down_each_is_named_with_its_reason_and_nothing_was_executed()
    {
        await using var cluster = new FakeCluster();
        var (a, b) = (cluster.Add(), cluster.Add());
        await using var session = await cluster.ConnectAsync(Hurried);
        await a.DisposeAsync();
        await b.DisposeAsync();
        await Eventually.HoldsAsync(() => session.Nodes.All(node => !node.IsUp));
        var error = await Assert.ThrowsAsync<NoNodeAvailableException>(async () => await session.ExecuteAsync(Read, Token));
        Assert.Equal(2, error.Reasons.Select(reason => reason.Key).Distinct().Count());
        await Assert.ThrowsAsync<NoNodeAvailableException>(async () => await session.ExecuteConditionalAsync(new SimpleStatement("DELETE FROM ks.t WHERE id=1 IF EXISTS"), Token));
    }

    [Fact]
    public async Task A_node_that_joins_is_found_by_its_event_and_one_that_leaves_is_let_go()
    {
        await using var cluster = new FakeCluster();
        var first = cluster.Add();
        await using var session = await cluster.ConnectAsync(Hurried);
        var second = cluster.Add();
        await first.SendEventAsync(new EventResponse { Type = EventResponse.TopologyChange, Topology = new TopologyChangeEvent("NEW_NODE", second.Address) });
        await Eventually.HoldsAsync(() => session.Nodes.Count == 2 && session.Nodes[1].IsUp);

        cluster.Remove(second);
        await first.SendEventAsync(new EventResponse { Type = EventResponse.TopologyChange, Topology = new TopologyChangeEvent("REMOVED_NODE", second.Address) });
        await Eventually.HoldsAsync(() => session.Nodes.Count == 1 && second.Connections == 0);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task The_control_connection_moves_when_its_node_dies()
    {
        await using var cluster = new FakeCluster();
        var (first, second) = (cluster.Add(), cluster.Add());
        await using var session = await cluster.ConnectAsync(Hurried);
        Assert.Equal((5, 4), (first.Connections, second.Connections));
        await first.DisposeAsync();
        await Eventually.HoldsAsync(() => second.Connections == 5);

        var third = cluster.Add();
        await Eventually.HoldsAsync(() => second.Connections == 5);
        await second.SendEventAsync(new EventResponse { Type = EventResponse.StatusChange, Status = new StatusChangeEvent(StatusChangeEvent.Up, third.Address) });
        await Eventually.HoldsAsync(() => session.Nodes.Any(node => node.Address.Equals(third.Address) && node.IsUp));
    }

    [Fact]
    public async Task Replicas_follow_a_keyspace_that_is_created()
    {
        await using var cluster = new FakeCluster();
        var first = cluster.Add();
        cluster.Add();
        await using var session = await cluster.ConnectAsync(Hurried);
        Assert.Empty(session.Replicas("late", [1]));
        cluster.Keyspaces["late"] = new Dictionary<string, string> { ["class"] = "NetworkTopologyStrategy", ["dc1"] = "2" };
        await first.SendEventAsync(new EventResponse { Type = EventResponse.SchemaChange, Schema = new SchemaChangeEvent("CREATED", "KEYSPACE", "late") });
        await Eventually.HoldsAsync(() => session.Replicas("late", [1]).Count == 2);
    }

    [Fact]
    public async Task Large_requests_and_blobs_take_connections_of_their_own()
    {
        await using var cluster = new FakeCluster();
        var node = cluster.Add();
        cluster.Statements.Add(new FakeStatement("INSERT INTO ks.t (b) VALUES (?)", [FakeColumns.Of("b", CqlTypeCode.Blob)], [], []));
        await using var session = await cluster.ConnectAsync();
        var insert = await session.PrepareAsync("INSERT INTO ks.t (b) VALUES (?)", Token);
        async Task<FakeConnection> TakenBy(int size, Traffic traffic)
        {
            node.Requests.Clear();
            using var bound = insert.Bind().Blob(new byte[size]);
            bound.Traffic = traffic;
            (await session.ExecuteAsync(bound, Token)).Dispose();
            return node.Requests.Single(request => request.Opcode == Opcode.Execute).Connection;
        }

        var small = new HashSet<FakeConnection>();
        var large = new HashSet<FakeConnection>();
        for (var i = 0; i < 10; i++)
        {
            small.Add(await TakenBy(100, Traffic.Metadata));
            large.Add(await TakenBy(100, Traffic.Blob));
            large.Add(await TakenBy(100_000, Traffic.Metadata));
        }
        Assert.Empty(small.Intersect(large));
    }

    [Fact]
    public async Task Bytes_under_way_to_a_node_are_bounded()
    {
        var answer = new TaskCompletionSource();
        await using var cluster = new FakeCluster();
        var node = cluster.Add();
        node.Script = request => request.Opcode == Opcode.Execute ? FakeReply.Void with { After = answer.Task } : null;
        cluster.Statements.Add(new FakeStatement("INSERT INTO ks.t (b) VALUES (?)", [FakeColumns.Of("b", CqlTypeCode.Blob)], [], []));
        await using var session = await cluster.ConnectAsync(options => options with { MaxBytesInFlight = 250_000 });
        var insert = await session.PrepareAsync("INSERT INTO ks.t (b) VALUES (?)", Token);
        var running = Enumerable.Range(0, 5).Select(async _ =>
        {
            using var bound = insert.Bind().Blob(new byte[100_000]);
            (await session.ExecuteAsync(bound, Token)).Dispose();
        }).ToList();
        await Eventually.HoldsAsync(() => node.RequestsOf(insert.Cql) == 2);
        Assert.InRange(session.Nodes[0].BytesInFlight, 200_000, 250_000);
        answer.SetResult();
        await Task.WhenAll(running);
        Assert.Equal(5, node.RequestsOf(insert.Cql));
        Assert.Equal(0, session.Nodes[0].BytesInFlight);
    }

    private static Cql.Sessions.CqlSessionOptions Hurried(Cql.Sessions.CqlSessionOptions options) => options with
    {
        TimeProvider = new HurriedTime(),
        ConnectTimeout = TimeSpan.FromMinutes(10),
    };
}
