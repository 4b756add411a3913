using System.Buffers;

namespace S3Cassandra.Storage.Blobs;

/// <summary>
/// Page-aligned memory for one chunk and what a store puts in front of it, outside the managed heap: whole pages that go back to the
/// system when they are freed.
/// </summary>
internal sealed unsafe class ChunkRegion : MemoryManager<byte>
{
    private const int Page = 4096;

    private readonly int _front;

    /// <param name="capacity">Bytes of data that it can hold; a multiple of a page.</param>
    /// <param name="front">Bytes of room in front of the data; a multiple of a page.</param>
    public ChunkRegion(int capacity, int front)
    {
        Capacity = capacity;
        _front = front;
        Start = PageMemory.Map((nuint)(front + capacity));
    }

    public int Capacity { get; }

    /// <summary>Where the room in front begins.</summary>
    public byte* Start { get; }

    public byte* Data => Start + _front;

    public static int Padded(int length) => (length + Page - 1) & ~(Page - 1);

    public override Span<byte> GetSpan() => new(Data, Capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new(Data + elementIndex);

    public override void Unpin()
    {
    }

    public void Free() => PageMemory.Unmap(Start, (nuint)(_front + Capacity));

    protected override void Dispose(bool disposing)
    {
    }
}
