using System.Buffers.Binary;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>Something that may become garbage, and where a sweeper looks whether it is.</summary>
/// <param name="Kind">What and why.</param>
/// <param name="Id">The blob's, the upload's or the shard's 16 bytes.</param>
/// <param name="Bucket">Whose key space it belongs to.</param>
/// <param name="Key">The key whose rows may refer to it; null for a shard.</param>
/// <param name="Upload">The upload whose part may refer to it, or that ended.</param>
/// <param name="Attempt">The replacement that named the shard.</param>
internal sealed record Suspicion(SuspicionKind Kind, Guid Id, BucketId Bucket, ObjectKey? Key, UploadId? Upload, AttemptId? Attempt)
{
    public static Suspicion Written(BlobId blob, BlobOwner owner) => OfBlob(SuspicionKind.WrittenBlob, blob, owner);

    public static Suspicion Released(BlobId blob, BlobOwner owner) => OfBlob(SuspicionKind.ReleasedBlob, blob, owner);

    public static Suspicion Ended(BucketId bucket, ObjectKey key, UploadId upload)
    {
        Span<byte> id = stackalloc byte[UploadId.ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(id, upload.Value);
        return new(SuspicionKind.EndedUpload, new Guid(id, bigEndian: true), bucket, key, upload, null);
    }

    public static Suspicion OfShard(BucketId bucket, ShardId shard, AttemptId attempt) =>
        new(SuspicionKind.Shard, shard.Value, bucket, null, null, attempt);

    private static Suspicion OfBlob(SuspicionKind kind, BlobId blob, BlobOwner owner) =>
        new(kind, blob.Value, owner.Bucket, owner.Key, owner.Upload, null);
}
