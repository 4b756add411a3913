using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>Fake nodes that know of each other, a keyspace <c>ks</c> with three replicas, and the statements that a test adds.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    public List<FakeNode> Nodes { get; } = [];

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
        Nodes.Add(node);
        return node;
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
