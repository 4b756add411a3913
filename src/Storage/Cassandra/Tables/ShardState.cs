namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>What a shard may be used for. A shard without a state was deleted, or never came to be.</summary>
internal enum ShardState
{
    /// <summary>Copied and not yet decided, or decided and not yet activated: complete if the map names it, and then readable.</summary>
    Born = 0,

    /// <summary>The map names it; commits apply.</summary>
    Active = 1,

    /// <summary>No commit applies. What it holds is the truth while the map names it.</summary>
    Frozen = 2,
}
