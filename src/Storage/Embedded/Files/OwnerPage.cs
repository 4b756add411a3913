using System.Buffers.Binary;
using System.IO.Hashing;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// The first page of a blob's file: whose it is, for the sweeper. "S3CO", format, blob id (16), bucket id (16), has-upload (1), upload (16),
/// key length (2), key, CRC-64/NVME of all that; zeros to the end of the page. Integers are little-endian.
/// </summary>
internal static class OwnerPage
{
    private const uint Magic = 0x4F433353;
    private const int KeyAt = 4 + 4 + 16 + 16 + 1 + 16 + 2;

    public static void Write(Span<byte> page, BlobId blob, BlobOwner owner)
    {
        page.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(page, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(page[4..], 1);
        blob.Value.TryWriteBytes(page[8..], bigEndian: true, out _);
        owner.Bucket.Value.TryWriteBytes(page[24..], bigEndian: true, out _);
        page[40] = owner.Upload is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt128BigEndian(page[41..], owner.Upload?.Value ?? 0);
        BinaryPrimitives.WriteUInt16LittleEndian(page[57..], (ushort)owner.Key.Length);
        owner.Key.Span.CopyTo(page[KeyAt..]);
        var end = KeyAt + owner.Key.Length;
        BinaryPrimitives.WriteUInt64LittleEndian(page[end..], Crc64.HashToUInt64(Crc64ParameterSet.Nvme, page[..end]));
    }

    /// <summary>The owner, or null where the page is damaged or was never written.</summary>
    public static BlobOwner? Read(ReadOnlySpan<byte> page, BlobId blob)
    {
        if (page.Length < ChunkLayout.Page || BinaryPrimitives.ReadUInt32LittleEndian(page) != Magic)
        {
            return null;
        }

        var end = KeyAt + BinaryPrimitives.ReadUInt16LittleEndian(page[57..]);
        if (end > ChunkLayout.Page - 8
            || BinaryPrimitives.ReadUInt64LittleEndian(page[end..]) != Crc64.HashToUInt64(Crc64ParameterSet.Nvme, page[..end])
            || new Guid(page.Slice(8, 16), bigEndian: true) != blob.Value)
        {
            return null;
        }

        return new BlobOwner(
            new BucketId(new Guid(page.Slice(24, 16), bigEndian: true)),
            ObjectKey.FromStored(page[KeyAt..end]),
            page[40] == 0 ? null : new UploadId(BinaryPrimitives.ReadUInt128BigEndian(page[41..])));
    }

    /// <summary>Whether these first pages of a file were never written.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> pages) => !pages.ContainsAnyExcept((byte)0);
}
