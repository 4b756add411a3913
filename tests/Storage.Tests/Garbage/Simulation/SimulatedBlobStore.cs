using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>The blobs of a simulation: calls wait for their turn, and a deletion is first shown to whoever knows what may not go.</summary>
internal sealed class SimulatedBlobStore(InMemoryBlobStore inner, Turns turns, Func<BlobId, ValueTask> beforeDeletion) : IBlobStore
{
    /// <summary>A planted bug: pins do not hold.</summary>
    public bool IgnoresPins { get; init; }

    /// <summary>A planted bug: who reads a manifest finds nothing listed in it.</summary>
    public Func<BlobId, ValueTask<bool>> HidesManifest { get; init; } = _ => ValueTask.FromResult(false);

    public int ChunkSize => inner.ChunkSize;

    public long PoolBytes => inner.PoolBytes;

    public ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken) => inner.RentChunkAsync(size, cancellationToken);

    public async ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        return new Writer(await inner.CreateAsync(owner, cancellationToken), turns);
    }

    public async ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        var length = await inner.ReadAsync(blob, chunkSize, number, buffer, cancellationToken);
        if (number == 0 && await HidesManifest(blob))
        {
            buffer.Memory.Span[1..length].Clear();
        }

        return length;
    }

    public async ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        return await inner.PinAsync(blob, cancellationToken);
    }

    public IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.SuspectsAsync(before, cancellationToken);

    public async ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        await inner.MarkUnreferencedAsync(suspect, now, cancellationToken);
    }

    public async ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        await inner.ClearAsync(suspect, cancellationToken);
    }

    public async ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        if (!IgnoresPins && inner.IsPinned(blob))
        {
            return false;
        }

        await beforeDeletion(blob);
        if (IgnoresPins)
        {
            inner.DropBlob(blob);
        }

        return await inner.DeleteAsync(blob, cancellationToken);
    }

    public ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken) => inner.OwnerAsync(blob, cancellationToken);

    public IAsyncEnumerable<BlobId> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private sealed class Writer(IBlobWriter inner, Turns turns) : IBlobWriter
    {
        public BlobId Id => inner.Id;

        public async ValueTask WriteAsync(int number, ChunkBuffer buffer, int length, ulong crc64Nvme, CancellationToken cancellationToken)
        {
            await turns.NextAsync();
            await inner.WriteAsync(number, buffer, length, crc64Nvme, cancellationToken);
        }

        public async ValueTask CompleteAsync(CancellationToken cancellationToken)
        {
            await turns.NextAsync();
            await inner.CompleteAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
