using System.Collections.Frozen;

namespace S3Cassandra.Cql.Cluster;

/// <summary>The cluster as it was last read: immutable, replaced as a whole.</summary>
internal sealed class Topology
{
    private readonly FrozenDictionary<string, ReplicaMap> _keyspaces;

    /// <param name="nodes">All nodes with their tokens.</param>
    /// <param name="keyspaces">The replication of each keyspace.</param>
    /// <param name="isMurmur3">Whether tokens are Murmur3's: others this client cannot reckon, then no replicas are known.</param>
    public Topology(
        IReadOnlyList<KeyValuePair<Node, NodeDescription>> nodes,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> keyspaces,
        string localDatacenter,
        bool isMurmur3)
    {
        LocalDatacenter = localDatacenter;
        Nodes = [.. nodes.Select(pair => pair.Key)];
        Local = Array.FindAll(Nodes, node => node.Datacenter == localDatacenter);
        Remote = Array.FindAll(Nodes, node => node.Datacenter != localDatacenter);
        Ring = new TokenRing(isMurmur3 ? nodes.SelectMany(pair => pair.Value.Tokens, (pair, token) => KeyValuePair.Create(token, pair.Key)) : []);
        var maps = new Dictionary<string, ReplicaMap>(StringComparer.Ordinal);
        _keyspaces = keyspaces
            .Select(pair => KeyValuePair.Create(pair.Key, ReplicationStrategy.From(pair.Value)))
            .Where(pair => pair.Value is not null)
            .ToFrozenDictionary(pair => pair.Key, pair => MapOf(maps, pair.Value!), StringComparer.Ordinal);
    }

    public static Topology Empty { get; } = new([], new Dictionary<string, IReadOnlyDictionary<string, string>>(), "", isMurmur3: false);

    public string LocalDatacenter { get; }

    public Node[] Nodes { get; }

    /// <summary>The nodes of the local data centre.</summary>
    public Node[] Local { get; }

    public Node[] Remote { get; }

    public TokenRing Ring { get; }

    /// <summary>Whether the replicas of a keyspace's rows are known.</summary>
    public bool Knows(string? keyspace) => keyspace is not null && _keyspaces.ContainsKey(keyspace);

    /// <summary>The replicas of the local data centre in ring order; none where they are not known.</summary>
    public Node[] LocalReplicas(string keyspace, long token) => _keyspaces.TryGetValue(keyspace, out var map) ? map.Local(token) : [];

    /// <summary>The replicas of all data centres in ring order; none where they are not known.</summary>
    public Node[] Replicas(string keyspace, long token) => _keyspaces.TryGetValue(keyspace, out var map) ? map.All(token) : [];

    private ReplicaMap MapOf(Dictionary<string, ReplicaMap> maps, ReplicationStrategy strategy)
    {
        if (!maps.TryGetValue(strategy.Text, out var map))
        {
            maps[strategy.Text] = map = new ReplicaMap(Ring, strategy, LocalDatacenter);
        }
        return map;
    }
}
