namespace S3Cassandra.Storage.Uploads;

/// <summary>What became of completing an upload.</summary>
public enum CompleteStatus
{
    Done,

    /// <summary>404 NoSuchUpload.</summary>
    NoSuchUpload,

    /// <summary>404 NoSuchBucket.</summary>
    BucketGone,

    /// <summary>400 InvalidPartOrder: the numbers do not rise.</summary>
    InvalidPartOrder,

    /// <summary>400 InvalidPart: no part of that number has that ETag, or its checksum is another one.</summary>
    InvalidPart,

    /// <summary>400 EntityTooSmall: a part that is not the last has less than 5 MiB.</summary>
    EntityTooSmall,

    /// <summary>400 EntityTooLarge: more than 5 TiB.</summary>
    EntityTooLarge,

    /// <summary>400 BadDigest: a part is named with a checksum of another algorithm than it has.</summary>
    PartChecksumMismatch,

    /// <summary>400 InvalidRequest: a composite checksum needs each part's checksum in the request.</summary>
    PartChecksumMissing,

    /// <summary>400 InvalidRequest: x-amz-checksum-type or the checksum's algorithm is not the upload's.</summary>
    ChecksumTypeMismatch,

    /// <summary>400 BadDigest: the object's checksum is another one.</summary>
    ChecksumMismatch,

    /// <summary>400 InvalidRequest: the parts do not add up to x-amz-mp-object-size.</summary>
    SizeMismatch,

    /// <summary>412.</summary>
    PreconditionFailed,

    /// <summary>404 NoSuchKey: If-Match on a key that has no current object.</summary>
    NotFound,

    /// <summary>409 ConditionalRequestConflict.</summary>
    Conflict,

    /// <summary>It may or may not have taken effect: 503.</summary>
    Unknown,
}
