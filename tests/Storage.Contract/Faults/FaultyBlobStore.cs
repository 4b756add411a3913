using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>A blob store whose calls meet the faults of a plan.</summary>
public sealed class FaultyBlobStore(IBlobStore inner, FaultPlan plan) : IBlobStore
{
    public int ChunkSize => inner.ChunkSize;

    public long PoolBytes => inner.PoolBytes;

    public ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken) => inner.RentChunkAsync(size, cancellationToken);

    public ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken) =>
        plan.RunAsync("Blobs.CreateAsync", true, async () =>
            (IBlobWriter)new FaultyBlobWriter(await inner.CreateAsync(owner, cancellationToken), plan));

    public async ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken)
    {
        switch (await plan.NextAsync("Blobs.ReadAsync"))
        {
            case Fault.BitFlip:
                await inner.ReadAsync(blob, chunkSize, number, buffer, cancellationToken);
                throw new CorruptDataException($"Chunk {number} of blob {blob}: injected bit flip.");
            case Fault.None or Fault.Full:
                return await inner.ReadAsync(blob, chunkSize, number, buffer, cancellationToken);
            default:
                throw new StoreUnavailableException("Blobs.ReadAsync: injected.");
        }
    }

    public ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken) =>
        plan.RunAsync("Blobs.PinAsync", false, () => inner.PinAsync(blob, cancellationToken));

    public IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.SuspectsAsync(before, cancellationToken);

    public ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken) =>
        plan.RunAsync("Blobs.MarkUnreferencedAsync", () => inner.MarkUnreferencedAsync(suspect, now, cancellationToken));

    public ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken) =>
        plan.RunAsync("Blobs.ClearAsync", () => inner.ClearAsync(suspect, cancellationToken));

    public ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken) =>
        plan.RunAsync("Blobs.DeleteAsync", true, () => inner.DeleteAsync(blob, cancellationToken));

    public ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken) => inner.OwnerAsync(blob, cancellationToken);

    public IAsyncEnumerable<BlobId> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
}
