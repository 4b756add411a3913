using System.Buffers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>Page-aligned memory for one chunk and the pages in front of it, outside the managed heap.</summary>
internal sealed unsafe class ChunkRegion : MemoryManager<byte>
{
    private readonly byte* _address;

    /// <param name="capacity">Bytes of data that it can hold; a multiple of a page.</param>
    public ChunkRegion(int capacity)
    {
        Capacity = capacity;
        _address = Posix.Map((nuint)(ChunkLayout.Front + capacity));
    }

    public int Capacity { get; }

    public byte* OwnerPage => _address;

    public byte* ChunkPage => _address + ChunkLayout.Page;

    public byte* Data => _address + ChunkLayout.Front;

    public override Span<byte> GetSpan() => new(Data, Capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new(Data + elementIndex);

    public override void Unpin()
    {
    }

    public void Free() => Posix.Unmap(_address, (nuint)(ChunkLayout.Front + Capacity));

    protected override void Dispose(bool disposing)
    {
    }
}
