namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What became of freezing a shard.</summary>
internal enum FreezeOutcome
{
    /// <summary>Frozen under this attempt: nothing commits to it any more.</summary>
    Frozen,

    /// <summary>The attempt's claim is gone, or the shard.</summary>
    Lost,

    /// <summary>The outcome stayed unknown for too long; it may yet freeze.</summary>
    Unknown,
}
