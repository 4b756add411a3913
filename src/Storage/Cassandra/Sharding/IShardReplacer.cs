using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Takes suggestions to replace shards. They cost nothing: one that is already known is dropped, and so is one too many.</summary>
internal interface IShardReplacer
{
    void Suggest(BucketId bucket, ShardId shard, ReplacementReason reason);
}
