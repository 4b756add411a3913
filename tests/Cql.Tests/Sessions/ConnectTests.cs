using System.Net;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.FakeCassandra;

namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>How a session finds its cluster, and what it says when it cannot.</summary>
public class ConnectTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_node_of_the_local_data_centre_is_connected_to_and_no_other()
    {
        await using var cluster = new FakeCluster();
        var (first, second, far) = (cluster.Add(), cluster.Add(rack: "rack2"), cluster.Add("dc2"));
        await using var session = await cluster.ConnectAsync();
        Assert.Equal("dc1", session.LocalDatacenter);
        Assert.Equal((5, 4, 0), (first.Connections, second.Connections, far.Connections));
        Assert.Equal([true, true, false], session.Nodes.Select(node => node.IsUp));
        Assert.Equal([first.Address, second.Address, far.Address], session.Nodes.Select(node => node.Address));
        for (var i = 0; i < 20; i++)
        {
            (await session.ExecuteAsync(new SimpleStatement("SELECT v FROM ks.t") { Consistency = Consistency.LocalOne }, Token)).Dispose();
        }
        Assert.Empty(far.Requests);
    }

    [Fact]
    public async Task Where_there_is_no_peers_v2_peers_are_read()
    {
        await using var cluster = new FakeCluster { HasPeersV2 = false };
        cluster.Add();
        var peer = cluster.Add();

        // The old table knows no ports.
        await using var session = await cluster.ConnectAsync(options => options with
        {
            AddressTranslator = address => address.Port == cluster.Nodes[0].Address.Port && address.Address.Equals(peer.Address.Address) ? address : peer.Address,
        });
        Assert.Equal(2, session.Nodes.Count);
    }

    [Fact]
    public async Task Addresses_are_translated()
    {
        await using var cluster = new FakeCluster();
        var (first, second) = (cluster.Add(), cluster.Add());
        var swapped = new Dictionary<IPEndPoint, IPEndPoint> { [first.Address] = second.Address, [second.Address] = first.Address };
        await using var session = await cluster.ConnectAsync(options => options with { AddressTranslator = address => swapped[address] });
        Assert.Equal([second.Address, first.Address], session.Nodes.Select(node => node.Address));
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_never_shown()
    {
        await using var cluster = new FakeCluster { Password = "right" };
        cluster.Add();
        var log = new RecordedLog();
        var error = await Assert.ThrowsAsync<CqlAuthenticationException>(async () =>
            await cluster.ConnectAsync(options => options with { Username = "me", Password = "wrong-secret", LoggerFactory = log }));
        Assert.Contains("'me'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("wrong-secret", StringComparison.Ordinal));
        await using var session = await cluster.ConnectAsync(options => options with { Username = "me", Password = "right" });
        Assert.Single(session.Nodes);
    }

    [Fact]
    public void Options_do_not_show_the_password() =>
        Assert.DoesNotContain("secret", new CqlSessionOptions { ContactPoints = ["a"], Username = "u", Password = "secret" }.ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Contact_points_that_cannot_be_reached_are_named_with_their_reasons()
    {
        await using var cluster = new FakeCluster();
        var gone = cluster.Add();
        await gone.DisposeAsync();
        var error = await Assert.ThrowsAsync<NoNodeAvailableException>(async () =>
            await cluster.ConnectAsync(options => options with { ContactPoints = [gone.Address.ToString(), "no-such-host.invalid"] }));
        Assert.Equal(2, error.Reasons.Count);
        Assert.Equal(gone.Address, error.Reasons[0].Key);
        Assert.Contains(gone.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-host.invalid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_contact_point_does_when_the_first_does_not()
    {
        await using var cluster = new FakeCluster();
        cluster.Add();
        await using var session = await cluster.ConnectAsync(options => options with { ContactPoints = ["no-such-host.invalid", cluster.Nodes[0].Address.ToString()] });
        Assert.Single(session.Nodes);
    }

    [Fact]
    public async Task A_contact_point_may_be_a_name()
    {
        await using var cluster = new FakeCluster();
        var (first, second) = (cluster.Add(), cluster.Add());
        await using var session = await cluster.ConnectAsync(options => options with { ContactPoints = [$"localhost:{first.Address.Port}"] });
        Assert.Equal([first.Address, second.Address], session.Nodes.Select(node => node.Address));
    }

    [Fact]
    public async Task A_keyspace_that_is_not_there_is_said()
    {
        await using var cluster = new FakeCluster();
        cluster.Add();
        var error = await Assert.ThrowsAsync<CqlServerException>(async () => await cluster.ConnectAsync(options => options with { Keyspace = "nope" }));
        Assert.Contains("'nope' does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyspace_is_set_on_every_connection_that_takes_statements()
    {
        await using var cluster = new FakeCluster();
        var keyspaces = new System.Collections.Concurrent.ConcurrentBag<string?>();
        cluster.Add().Script = request =>
        {
            keyspaces.Add(request.Cql.Contains("FROM t", StringComparison.Ordinal) ? request.Connection.Keyspace : "ks");
            return null;
        };
        await using var session = await cluster.ConnectAsync(options => options with { Keyspace = "ks" });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (await session.ExecuteAsync(new SimpleStatement("SELECT v FROM t") { Traffic = (Traffic)(i % 2) }, Token)).Dispose()));
        Assert.All(keyspaces, keyspace => Assert.Equal("ks", keyspace));
    }

    [Fact]
    public async Task A_data_centre_that_is_not_there_is_said_with_those_that_are()
    {
        await using var cluster = new FakeCluster();
        cluster.Add("east");
        cluster.Add("west");
        var error = await Assert.ThrowsAsync<NoNodeAvailableException>(async () => await cluster.ConnectAsync(options => options with { LocalDatacenter = "north" }));
        Assert.Contains("north", error.Message, StringComparison.Ordinal);
        Assert.Contains("east, west", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonsense_in_the_options_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await CqlSession.ConnectAsync(new CqlSessionOptions { ContactPoints = [] }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await CqlSession.ConnectAsync(new CqlSessionOptions { ContactPoints = ["a"], Username = "u" }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await CqlSession.ConnectAsync(new CqlSessionOptions { ContactPoints = ["a"], MetadataConnections = 0 }, Token));
    }
}
