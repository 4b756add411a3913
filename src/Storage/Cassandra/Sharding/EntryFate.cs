namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What became of a claim on one entry of a map that was given up.</summary>
internal enum EntryFate
{
    /// <summary>The map names the shard, and not this claim: its decision is impossible.</summary>
    Released,

    /// <summary>The map names the shard no more: it was decided away, by this attempt or by another.</summary>
    Gone,

    Unknown,
}
