namespace S3Cassandra.Storage.Buckets;

/// <summary>What became of creating a bucket.</summary>
public enum CreateBucketStatus
{
    Created,

    /// <summary>The caller's account has it already.</summary>
    OwnedByYou,

    /// <summary>Another account has it.</summary>
    Taken,

    /// <summary>It may or may not exist now: 503.</summary>
    Unknown,
}
