using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Blobs;

/// <summary>Where a reference to a blob may come to stand: a key's versions, or the part of an upload. What a sweeper looks at.</summary>
public sealed record BlobOwner(BucketId Bucket, ObjectKey Key, UploadId? Upload);
