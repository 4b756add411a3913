using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>The chunks of one blob.</summary>
internal sealed class InMemoryBlob
{
    public Dictionary<int, (byte[] Data, ulong Crc)> Chunks { get; } = [];

    public BlobOwner? Owner { get; init; }

    public bool IsBeingWritten { get; set; } = true;

    public bool IsComplete { get; set; }
}
