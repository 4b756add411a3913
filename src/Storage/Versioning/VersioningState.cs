namespace S3Cassandra.Storage.Versioning;

/// <summary>A bucket's versioning; once it was enabled it never becomes unversioned again.</summary>
public enum VersioningState
{
    Unversioned = 0,
    Enabled = 1,
    Suspended = 2,
}
