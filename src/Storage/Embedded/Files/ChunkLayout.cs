using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// Where things lie in a blob's file: [owner page] then per chunk a slot [chunk page | data, padded to a page]. All chunks but the last have
/// the same size, so a chunk's place follows from its number; everything starts and ends on a page, as O_DIRECT wants it.
/// In a buffer the two pages lie in front of the data, so that a chunk with its page, and the first one with the owner page, is one write.
/// </summary>
internal static class ChunkLayout
{
    public const int Page = 4096;

    /// <summary>Room in front of a buffer's data: owner page, chunk page.</summary>
    public const int Front = 2 * Page;

    public static int Padded(int length) => ChunkRegion.Padded(length);

    public static unsafe byte* OwnerPageOf(ChunkRegion region) => region.Start;

    public static unsafe byte* ChunkPageOf(ChunkRegion region) => region.Start + Page;

    /// <summary>The file offset of a chunk's page.</summary>
    public static long SlotOf(int number, int chunkSize) => Page + (number * (long)(Page + Padded(chunkSize)));
}
