namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>How far a replacement has come.</summary>
internal enum ReplacementStage
{
    /// <summary>Counts what is there. Nothing is claimed or changed yet.</summary>
    Surveying,

    /// <summary>Claims, names and freezes.</summary>
    Claiming,

    /// <summary>Copies; writers wait.</summary>
    Copying,

    /// <summary>Decides and activates.</summary>
    Deciding,
}
