namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What a server finds that met a shard which is not ACTIVE.</summary>
internal enum RecoveryStatus
{
    /// <summary>The map names other shards for this range: what was read does not count, go where <see cref="Recovery.Map"/> says.</summary>
    Moved,

    /// <summary>The map names it, and it is ACTIVE now, or may be: what was read holds, a write goes again at once.</summary>
    Ready,

    /// <summary>The map names it, and somebody keeps it frozen: what was read holds, a write asks again after 10 to 50 ms.</summary>
    Held,

    /// <summary>There is no such bucket any more.</summary>
    BucketGone,
}
