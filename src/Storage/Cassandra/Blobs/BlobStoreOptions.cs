namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>How a <see cref="CassandraBlobStore"/> is opened.</summary>
internal sealed record BlobStoreOptions
{
    /// <summary>Bytes per chunk of a new blob.</summary>
    public int ChunkSize { get; init; } = 512 * 1024;

    /// <summary>All chunk buffers together; whoever wants more waits.</summary>
    public long ChunkPoolBytes { get; init; } = 256L * 1024 * 1024;

    public PinTimes Pins { get; init; } = new();
}
