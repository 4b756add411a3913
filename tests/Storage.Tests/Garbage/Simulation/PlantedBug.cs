namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>What is taken away from the sweeper, to see it missed.</summary>
public enum PlantedBug
{
    None,

    /// <summary>Nothing keeps a late commit from applying.</summary>
    NoFence,

    /// <summary>A pinned blob is freed all the same.</summary>
    NoPins,

    /// <summary>What a manifest lists does not count as referred to.</summary>
    NoManifests,

    /// <summary>What a commit released is freed as soon as it is seen.</summary>
    NoSecondLook,
}
