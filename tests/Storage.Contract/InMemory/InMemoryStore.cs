using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>The three seams in memory, simple enough to be seen to be right: one lock around everything. For tests.</summary>
public sealed class InMemoryStore : IStore
{
    public const int DefaultChunkSize = 512 * 1024;

    public InMemoryStore(TimeProvider? time = null, int chunkSize = DefaultChunkSize, int chunkPool = 256)
    {
        var clock = time ?? TimeProvider.System;
        var gate = new Lock();
        var suspects = new InMemorySuspects(clock);
        MemoryBlobs = new InMemoryBlobStore(gate, suspects, clock, chunkSize, chunkPool);
        MemoryIndex = new InMemoryIndex(gate, suspects);
        Catalog = new InMemoryCatalog(gate);
    }

    public IObjectIndex Index => MemoryIndex;

    public IBlobStore Blobs => MemoryBlobs;

    public ICatalog Catalog { get; }

    public InMemoryIndex MemoryIndex { get; }

    public InMemoryBlobStore MemoryBlobs { get; }

    public ValueTask DisposeAsync()
    {
        MemoryBlobs.Dispose();
        return ValueTask.CompletedTask;
    }
}
