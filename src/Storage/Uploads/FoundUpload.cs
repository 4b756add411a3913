using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Uploads;

/// <summary>An upload under way, as of one moment.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">The key that it was initiated for; under another one its id names nothing.</param>
/// <param name="Id">Its id.</param>
/// <param name="Ver">What a commit that ends it is conditioned on.</param>
/// <param name="Record">What the object will be.</param>
public sealed record FoundUpload(BucketId Bucket, ObjectKey Key, UploadId Id, Guid Ver, UploadRecord Record);
