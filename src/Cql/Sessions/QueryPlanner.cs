using System.Buffers;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Sessions;

/// <summary>Finds the replicas of a statement's partition and the order in which nodes are tried.</summary>
internal sealed class QueryPlanner(NodeRegistry registry, CqlSessionOptions options)
{
    private const int OnStack = 256;

    public QueryPlan PlanFor(Statement statement)
    {
        var topology = registry.Current;
        if (statement.Node is { } only)
        {
            return new QueryPlan(Array.FindAll(topology.Nodes, node => node.Address.Equals(only)), [], [], 0, inRingOrder: true);
        }
        var replicas = ReplicasOf(statement, topology);
        return new QueryPlan(replicas, topology.Local, MayGoFar(statement) ? topology.Remote : [], (uint)Random.Shared.Next(), IsSerial(statement));
    }

    /// <summary>What Paxos decides goes to one coordinator as long as it lives.</summary>
    private static bool IsSerial(Statement statement) => statement.IsConditional || statement.Consistency is Consistency.Serial or Consistency.LocalSerial;

    private bool MayGoFar(Statement statement) =>
        options.AllowRemoteDatacenters
        && (statement.Consistency ?? options.Consistency) is not (Consistency.LocalOne or Consistency.LocalQuorum or Consistency.LocalSerial)
        && !(statement.IsConditional && (statement.SerialConsistency ?? options.SerialConsistency) == Consistency.LocalSerial);

    private Node[] ReplicasOf(Statement statement, Topology topology)
    {
        var keyspace = statement.Keyspace ?? options.Keyspace;
        var length = statement.RoutingKeyLength;
        if (length == 0 || keyspace is null || !topology.Knows(keyspace))
        {
            return [];
        }
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var key = rented is null ? stackalloc byte[OnStack] : rented;
        key = key[..length];
        statement.WriteRoutingKey(key);
        var token = Murmur3Partitioner.Token(key);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return topology.LocalReplicas(keyspace, token);
    }
}
