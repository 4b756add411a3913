namespace S3Cassandra.Storage.Index;

/// <summary>What became of removing a bucket's index.</summary>
public enum BucketRemoval
{
    Removed,
    NotEmpty,
    NotFound,
    Unknown,
}
