namespace S3Cassandra.Storage.Objects;

/// <summary>What a lookup found.</summary>
public enum LookupStatus
{
    Found,

    /// <summary>404 NoSuchKey.</summary>
    NotFound,

    /// <summary>404 NoSuchVersion.</summary>
    NoSuchVersion,

    /// <summary>404 for the current version, 405 MethodNotAllowed where it was asked for by its id; x-amz-delete-marker: true.</summary>
    DeleteMarker,

    /// <summary>404 NoSuchBucket.</summary>
    BucketGone,
}
