namespace S3Cassandra.Storage.Buckets;

/// <summary>What became of deleting a bucket.</summary>
public enum DeleteBucketOutcome
{
    Deleted,

    /// <summary>409 BucketNotEmpty: an object, a version or a delete marker is in it.</summary>
    NotEmpty,

    /// <summary>404 NoSuchBucket: somebody else deleted it first.</summary>
    NotFound,

    /// <summary>It may or may not exist now: 503.</summary>
    Unknown,
}
