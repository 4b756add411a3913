using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>A row of a shard: whose key, which row of it, and what is in it; <see cref="IndexRow.Body"/> is empty where it was not read.</summary>
internal readonly record struct ShardRow(ReadOnlyMemory<byte> Key, IndexRow Row);
