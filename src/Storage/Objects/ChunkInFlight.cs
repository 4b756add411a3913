using System.Buffers;
using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Objects;

/// <summary>A chunk being filled and written: the store's buffer, and beside it the client's bytes where the stored ones are encrypted.</summary>
internal sealed class ChunkInFlight : IDisposable
{
    private readonly ChunkBuffer _stored;
    private byte[]? _plain;

    /// <param name="stored">Owned by this from now on.</param>
    /// <param name="plainSize">How much memory the client's bytes need for themselves; 0 when they are what is stored.</param>
    public ChunkInFlight(ChunkBuffer stored, int plainSize)
    {
        _stored = stored;
        _plain = plainSize == 0 ? null : ArrayPool<byte>.Shared.Rent(plainSize);
        Plain = _plain is null ? stored.Memory : _plain.AsMemory(0, plainSize);
    }

    public ChunkBuffer Stored => _stored;

    public Memory<byte> Plain { get; }

    public void Dispose()
    {
        _stored.Dispose();
        if (Interlocked.Exchange(ref _plain, null) is { } plain)
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }
}
