using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>Sees every change of the tables at the moment it applies.</summary>
internal interface ITableObserver
{
    void BatchApplied(BucketId bucket, ShardId shard, ShardBatch batch);

    void StaticsChanged(BucketId bucket, ShardId shard);

    void MapChanged(BucketId bucket);
}
