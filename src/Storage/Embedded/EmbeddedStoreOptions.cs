namespace S3Cassandra.Storage.Embedded;

/// <summary>How an <see cref="EmbeddedStore"/> is opened.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>The data folder; made when absent.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Bodies up to this many bytes belong in the index row, larger ones in a blob (docs/decisions/0001-inline-bodies.md). Advice for the
    /// layer above: the store takes what it is given.
    /// </summary>
    public int InlineThreshold { get; init; } = 64 * 1024;

    /// <summary>Bytes per chunk of a new blob; a multiple of 4 KiB.</summary>
    public int ChunkSize { get; init; } = 512 * 1024;

    /// <summary>All chunk buffers together; whoever wants more waits.</summary>
    public long ChunkPoolBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Whether blobs are written past the page cache (docs/decisions/0002-direct-io.md).</summary>
    public DirectIoMode DirectIo { get; init; } = DirectIoMode.Auto;

    /// <summary>With less free space than this, new bytes are refused so that deletes still have room to be recorded in.</summary>
    public long ReservedBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>Threads that wait for the disk, for blobs.</summary>
    public int IoThreads { get; init; } = 16;

    /// <summary>How many commits may wait for the writer before callers are held back.</summary>
    public int CommitQueueLength { get; init; } = 4096;

    /// <summary>WAL size from which a checkpoint runs in the background, in bytes.</summary>
    public long CheckpointBytes { get; init; } = 16L * 1024 * 1024;
}
