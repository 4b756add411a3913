namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>What a system call did to the files below the data folder.</summary>
internal enum FileOperationKind
{
    Create,
    MakeFolder,
    Write,
    Resize,
    Rename,
    Remove,
    Sync,
}
