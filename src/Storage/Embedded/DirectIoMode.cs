namespace S3Cassandra.Storage.Embedded;

/// <summary>Whether blob files are opened with O_DIRECT.</summary>
public enum DirectIoMode
{
    /// <summary>Where the file system takes it.</summary>
    Auto,

    /// <summary>Required: a file system that refuses it ends the start.</summary>
    On,
    Off,
}
