namespace S3Cassandra.Storage.Checksums;

/// <summary>Whether a checksum is of all the object's bytes, or of its parts' checksums.</summary>
public enum ChecksumType
{
    FullObject = 1,
    Composite = 2,
}
