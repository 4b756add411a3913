namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>
/// A file system is unmounted once nobody has a file of it open, and between fork and exec a child has all files of this process: nobody else
/// starts programs meanwhile.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MountCollection
{
    public const string Name = "Mounts";
}
