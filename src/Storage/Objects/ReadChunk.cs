using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>The wanted bytes of a chunk that was read and verified; disposing gives its memory back.</summary>
internal sealed class ReadChunk : IDisposable
{
    private ChunkBuffer? _buffer;

    /// <param name="run">What was read.</param>
    /// <param name="buffer">Where it lies; owned by this from now on.</param>
    public ReadChunk(ChunkRun run, ChunkBuffer buffer)
    {
        Run = run;
        _buffer = buffer;
        Node = new LinkedListNode<ReadChunk>(this);
    }

    public ChunkRun Run { get; }

    public BlobId Blob => Run.Part.Blob;

    /// <summary>Whether its memory is still there: <see cref="ChunkLending"/> takes it back while its reader's client is slow.</summary>
    public bool IsHeld => _buffer is not null;

    public ReadOnlyMemory<byte> Bytes =>
        (_buffer ?? throw new ObjectDisposedException(nameof(ReadChunk))).Memory.Slice(Run.Skip, Run.Count);

    /// <summary>Its place among those whose clients are slow.</summary>
    internal LinkedListNode<ReadChunk> Node { get; }

    public void Dispose() => Interlocked.Exchange(ref _buffer, null)?.Dispose();
}
