namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>One shard in a bucket's map.</summary>
/// <param name="Lo">The first key of its range, inclusive; its range ends where the next entry's begins.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Attempt">Who has claimed it, to replace it or to delete the bucket.</param>
/// <param name="Until">When that claim may be taken over. Matters for liveness only, never for safety.</param>
internal sealed record MapEntry(ReadOnlyMemory<byte> Lo, ShardId Shard, AttemptId? Attempt, DateTimeOffset? Until);
