using System.Buffers.Binary;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>An owner in the column <c>owner</c>: <c>version:u8 = 1 | hasUpload:u8 | bucket:16 | upload:16 (zero without one) | key</c>.</summary>
internal static class BlobOwnerCodec
{
    private const byte Version = 1;
    private const int BucketAt = 2;
    private const int UploadAt = BucketAt + 16;
    private const int KeyAt = UploadAt + UploadId.ByteLength;

    public static byte[] Encode(BlobOwner owner)
    {
        var bytes = new byte[KeyAt + owner.Key.Length];
        bytes[0] = Version;
        bytes[1] = (byte)(owner.Upload is null ? 0 : 1);
        owner.Bucket.Value.TryWriteBytes(bytes.AsSpan(BucketAt), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(UploadAt), owner.Upload?.Value ?? UInt128.Zero);
        owner.Key.Span.CopyTo(bytes.AsSpan(KeyAt));
        return bytes;
    }

    /// <summary>Null where the bytes are no owner that this program knows.</summary>
    public static BlobOwner? Decode(ReadOnlySpan<byte> bytes) => bytes.Length > KeyAt && bytes[0] == Version
        ? new BlobOwner(
            new BucketId(new Guid(bytes.Slice(BucketAt, UploadAt - BucketAt), bigEndian: true)),
            ObjectKey.FromStored(bytes[KeyAt..]),
            bytes[1] == 0 ? null : UploadId.FromBytes(bytes.Slice(UploadAt, UploadId.ByteLength)))
        : null;
}
