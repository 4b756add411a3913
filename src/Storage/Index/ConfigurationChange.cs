namespace S3Cassandra.Storage.Index;

/// <summary>What became of a configuration change.</summary>
public enum ConfigurationChange
{
    /// <summary>In force: no writer commits under the old configuration any more.</summary>
    Applied,

    /// <summary>Somebody else changed it first; read it again.</summary>
    EpochChanged,
    BucketGone,
    Unknown,
}
