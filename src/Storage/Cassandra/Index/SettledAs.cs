namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>What became of a batch of unknown outcome.</summary>
internal enum SettledAs
{
    /// <summary>It had applied.</summary>
    Applied,

    /// <summary>It did not, and never can.</summary>
    Forbidden,

    /// <summary>The shard is gone, and with it whatever could tell.</summary>
    Never,
}
