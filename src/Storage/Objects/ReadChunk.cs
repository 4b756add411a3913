using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>The wanted bytes of a chunk that was read and verified; disposing gives its memory back.</summary>
internal sealed class ReadChunk(BlobId blob, ChunkBuffer buffer, ReadOnlyMemory<byte> bytes) : IDisposable
{
    public BlobId Blob => blob;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public void Dispose() => buffer.Dispose();
}
