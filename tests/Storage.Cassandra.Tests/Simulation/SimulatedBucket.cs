using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>What the tables hold of one bucket.</summary>
internal sealed class SimulatedBucket
{
    public ShardMap? Map { get; set; }

    /// <summary>The map as it was some changes ago, for a simulation without fresh maps.</summary>
    public ShardMap? OldMap { get; set; }

    public Dictionary<int, byte[]> Configurations { get; } = [];

    public Dictionary<ShardId, SimulatedPartition> Shards { get; } = [];

    public SimulatedPartition Shard(ShardId shard)
    {
        if (!Shards.TryGetValue(shard, out var partition))
        {
            Shards[shard] = partition = new SimulatedPartition();
        }

        return partition;
    }
}
