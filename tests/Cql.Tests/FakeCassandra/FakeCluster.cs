using S3Cassandra.Cql.Sessions;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>Fake nodes that know of each other, a keyspace <c>ks</c> with three replicas, and the statements that a test adds.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    /// <summary>Replaced when it changes: the nodes read it while a test adds to it.</summary>
    public IReadOnlyList<FakeNode> Nodes { get; private set; } = [];

    public List<FakeStatement> Statements { get; } = [];

    public Dictionary<string, IReadOnlyDictionary<string, string>> Keyspaces { get; } = new()
    {
        [FakeColumns.Keyspace] = new Dictionary<string, string> { ["class"] = "org.apache.cassandra.locator.SimpleStrategy", ["replication_factor"] = "3" },
    };

    /// <summary>The highest version that the nodes speak.</summary>
    public ProtocolVersion Version { get; init; } = ProtocolVersion.V4;

    public bool HasPeersV2 { get; init; } = true;

    /// <summary>Null: no authentication.</summary>
    public string? Password { get; init; }

    /// <summary>What each node says that its schema's version is.</summary>
    public Func<FakeNode, Guid> SchemaVersionOf { get; set; } = _ => Guid.Empty;

    /// <summary>Adds a node; tokens by default far apart in the order of adding.</summary>
    public FakeNode Add(string datacenter = "dc1", string rack = "rack1", params long[] tokens)
    {
        var number = Nodes.Count + 1;
        var node = new FakeNode(this, number, datacenter, rack, tokens.Length > 0 ? tokens : [long.MinValue + (number * (long.MaxValue / 8))]);
        Nodes = [.. Nodes, node];
        return node;
    }

    public void Remove(FakeNode node) => Nodes = [.. Nodes.Where(other => other != node)];

    /// <summary>How often the nodes were asked to execute a statement.</summary>
    public int RequestsOf(string cql) => Nodes.Sum(node => node.RequestsOf(cql));

    /// <summary>Lets a statement's time pass by the session's clock once its request, one of so many, has come: by then it has been sent, however busy the machine.</summary>
    public async Task LetTimePassAsync(ManualTime time, string cql, int requests, TimeSpan timeout)
    {
        await Eventually.HoldsAsync(() => RequestsOf(cql) == requests);
        time.Advance(timeout + TimeSpan.FromSeconds(1));
    }

    /// <summary>A session on the first node.</summary>
    public ValueTask<CqlSession> ConnectAsync(Func<CqlSessionOptions, CqlSessionOptions>? change = null)
    {
        var options = new CqlSessionOptions { ContactPoints = [Nodes[0].Address.ToString()], RequestTimeout = TimeSpan.FromSeconds(30) };
        return CqlSession.ConnectAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }
}
