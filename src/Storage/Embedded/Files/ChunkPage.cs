using System.Buffers.Binary;
using System.IO.Hashing;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// The page in front of a chunk's data: "S3CC", format, blob id (16), number (4), length (4), CRC-64/NVME of the data (8), CRC-64/NVME of
/// what precedes (8); zeros to the end of the page. Integers are little-endian. It names its blob and number, so a chunk that a disk
/// wrote to the wrong place is no other chunk.
/// </summary>
internal static class ChunkPage
{
    private const uint Magic = 0x43433353;
    private const int SumAt = 4 + 4 + 16 + 4 + 4 + 8;

    public static void Write(Span<byte> page, BlobId blob, int number, int length, ulong crc)
    {
        page.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(page, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(page[4..], 1);
        blob.Value.TryWriteBytes(page[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32LittleEndian(page[24..], number);
        BinaryPrimitives.WriteInt32LittleEndian(page[28..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(page[32..], crc);
        BinaryPrimitives.WriteUInt64LittleEndian(page[SumAt..], Crc64.HashToUInt64(Crc64ParameterSet.Nvme, page[..SumAt]));
    }

    /// <summary>Whether what was read so far of a slot holds all of its chunk, as far as the page (not yet verified) says.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> slot) =>
        slot.Length >= ChunkLayout.Page && slot.Length - ChunkLayout.Page >= BinaryPrimitives.ReadUInt32LittleEndian(slot[28..]);

    /// <summary>The length of the chunk in a slot that was read whole (its page, then its data), verified.</summary>
    /// <exception cref="CorruptDataException">It is not that chunk, or not as it was written.</exception>
    public static int Verify(ReadOnlySpan<byte> slot, BlobId blob, int number, int chunkSize)
    {
        if (slot.Length < ChunkLayout.Page)
        {
            throw new CorruptDataException($"Chunk {number} of blob {blob} is missing.");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(slot[SumAt..]) != Crc64.HashToUInt64(Crc64ParameterSet.Nvme, slot[..SumAt])
            || BinaryPrimitives.ReadUInt32LittleEndian(slot) != Magic
            || new Guid(slot.Slice(8, 16), bigEndian: true) != blob.Value
            || BinaryPrimitives.ReadInt32LittleEndian(slot[24..]) != number)
        {
            throw new CorruptDataException($"The header of chunk {number} of blob {blob} fails its checks.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(slot[28..]);
        if (length < 0 || length > chunkSize || length > slot.Length - ChunkLayout.Page)
        {
            throw new CorruptDataException($"Chunk {number} of blob {blob} is cut short.");
        }

        var crc = Crc64Nvme.Hash(slot.Slice(ChunkLayout.Page, length));
        return crc == BinaryPrimitives.ReadUInt64LittleEndian(slot[32..])
            ? length
            : throw new CorruptDataException($"Chunk {number} of blob {blob} fails its checksum.");
    }
}
