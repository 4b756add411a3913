namespace S3Cassandra.Cql.Cluster;

/// <summary>The replicas of each position of a ring under one strategy; worked out when first asked for, for few keyspaces are used.</summary>
internal sealed class ReplicaMap(TokenRing ring, ReplicationStrategy strategy, string localDatacenter)
{
    private Node[][]? _all;
    private Node[][]? _local;

    /// <summary>All replicas in ring order.</summary>
    public Node[] All(long token)
    {
        var all = Volatile.Read(ref _all);
        if (all is null)
        {
            all = strategy.Replicas(ring);
            Volatile.Write(ref _all, all);
        }
        return all.Length == 0 ? [] : all[ring.Find(token)];
    }

    /// <summary>Those of the local data centre in ring order.</summary>
    public Node[] Local(long token)
    {
        var local = Volatile.Read(ref _local);
        if (local is null)
        {
            local = Array.ConvertAll(strategy.Replicas(ring), replicas => Array.FindAll(replicas, node => node.Datacenter == localDatacenter));
            Volatile.Write(ref _local, local);
        }
        return local.Length == 0 ? [] : local[ring.Find(token)];
    }
}
