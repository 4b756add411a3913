namespace S3Cassandra.Cql.Cluster;

/// <summary>What the system tables of one node say of the whole cluster.</summary>
/// <param name="Nodes">The node that was asked first, then its peers.</param>
/// <param name="Keyspaces">The replication of each keyspace.</param>
internal sealed record ClusterDescription(
    string Partitioner, IReadOnlyList<NodeDescription> Nodes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Keyspaces);
