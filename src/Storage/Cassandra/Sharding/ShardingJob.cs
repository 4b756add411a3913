using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Something to do in the background on a bucket.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Kind">What.</param>
/// <param name="Shard">The shard to replace; default for other kinds.</param>
/// <param name="Reason">Why it should be replaced.</param>
internal readonly record struct ShardingJob(BucketId Bucket, ShardingJobKind Kind, ShardId Shard = default, ReplacementReason Reason = default);
