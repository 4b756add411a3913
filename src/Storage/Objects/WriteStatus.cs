namespace S3Cassandra.Storage.Objects;

/// <summary>What became of a write.</summary>
public enum WriteStatus
{
    Done,

    /// <summary>412: a condition does not hold.</summary>
    PreconditionFailed,

    /// <summary>404: If-Match on a key that has no current object, or a version that does not exist.</summary>
    NotFound,

    /// <summary>404 NoSuchUpload: the upload that the commit was to end is gone, or was renewed.</summary>
    UploadGone,

    /// <summary>409 ConditionalRequestConflict: others kept changing the key.</summary>
    Conflict,

    /// <summary>404 NoSuchBucket.</summary>
    BucketGone,

    /// <summary>The body did not match what the request promised; the body knows why.</summary>
    BodyRefused,

    /// <summary>400 EntityTooLarge: more than 5 GiB.</summary>
    TooLarge,

    /// <summary>It may or may not have taken effect: 503.</summary>
    Unknown,
}
