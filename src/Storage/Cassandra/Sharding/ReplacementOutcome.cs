namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What became of a replacement.</summary>
internal enum ReplacementOutcome
{
    /// <summary>Decided: the map names the children.</summary>
    Replaced,

    /// <summary>The map names the shard no more, or there is nothing to gain.</summary>
    NotNeeded,

    /// <summary>Somebody else has the shard, or took it, or the bucket is being deleted: as before, and to be tried again if still needed.</summary>
    Lost,

    /// <summary>It stays with others to find out and to finish or undo it, when the claim is over.</summary>
    Unknown,
}
