namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>The map's entry at this key names this shard and, with <paramref name="AskAttempt"/>, this attempt (null: none).</summary>
internal readonly record struct EntryCondition(ReadOnlyMemory<byte> Lo, ShardId Shard, AttemptId? Attempt, bool AskAttempt = true);
