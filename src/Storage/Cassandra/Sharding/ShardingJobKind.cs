namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What is done in the background on a bucket.</summary>
internal enum ShardingJobKind
{
    /// <summary>Replace a shard.</summary>
    Replace,

    /// <summary>Finish a configuration change that somebody began.</summary>
    FinishConfiguration,

    /// <summary>End a deletion that somebody began and left.</summary>
    EndDeletion,
}
