namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>How far a replacement has come.</summary>
internal enum ReplacementStage
{
    /// <summary>Counts what is there. Nothing is claimed or changed yet.</summary>
    Surveying,

    /// <summary>Claims and names.</summary>
    Claiming,

    /// <summary>Copies ahead, while writers go on.</summary>
    CopyingAhead,

    /// <summary>Freezes, and copies what is not copied yet; writers wait.</summary>
    Copying,

    /// <summary>Decides and activates.</summary>
    Deciding,
}
