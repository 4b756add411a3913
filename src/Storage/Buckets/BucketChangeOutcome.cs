namespace S3Cassandra.Storage.Buckets;

/// <summary>What became of changing a bucket's record.</summary>
public enum BucketChangeOutcome
{
    Changed,

    /// <summary>404 NoSuchBucket: the bucket is gone (one made again under its name is another).</summary>
    NotFound,

    /// <summary>409 OperationAborted: others kept changing it.</summary>
    Conflict,

    /// <summary>It may or may not have taken effect: 503.</summary>
    Unknown,
}
