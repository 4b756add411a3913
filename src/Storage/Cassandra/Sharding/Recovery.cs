using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What became of a shard that was not ACTIVE.</summary>
/// <param name="Status">What to do now.</param>
/// <param name="Map">The map as it is now; null with <see cref="RecoveryStatus.BucketGone"/>.</param>
internal readonly record struct Recovery(RecoveryStatus Status, ShardMap? Map);
