namespace S3Cassandra.Storage.Uploads;

/// <summary>What became of a step of a multipart upload.</summary>
public enum UploadStatus
{
    Done,

    /// <summary>404 NoSuchUpload: never initiated under this key, or completed or aborted.</summary>
    NoSuchUpload,

    /// <summary>412: it was not initiated when the request says.</summary>
    PreconditionFailed,

    /// <summary>404 NoSuchBucket.</summary>
    BucketGone,

    /// <summary>The body did not match what the request promised; the body knows why.</summary>
    BodyRefused,

    /// <summary>400 EntityTooLarge: a part of more than 5 GiB.</summary>
    TooLarge,

    /// <summary>It may or may not have taken effect: 503.</summary>
    Unknown,
}
