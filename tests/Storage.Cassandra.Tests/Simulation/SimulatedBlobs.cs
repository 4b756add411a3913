using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>As much of a blob store as a sweeper asks for, over the simulated suspects; a blob is there or not.</summary>
internal sealed class SimulatedBlobs(HashSet<BlobId> blobs, IndexOracle oracle, SimulatedSuspects suspects, INetwork network) : IBlobStore
{
    private readonly Dictionary<Suspect, NamedSuspicion> _namings = new(ReferenceEqualityComparer.Instance);

    public int ChunkSize => 1024;

    public long PoolBytes => 1 << 20;

    /// <summary>Names a blob as a suspect, then writes it.</summary>
    public async ValueTask WriteAsync(BlobId blob, BlobOwner owner, CancellationToken cancellationToken)
    {
        await suspects.NameAsync([Suspicion.Written(blob, owner)], cancellationToken);
        await network.PlainAsync(() => Add(blob), cancellationToken);
    }

    public ValueTask<bool> ExistsAsync(BlobId blob, CancellationToken cancellationToken) =>
        network.ReadAsync(() => blobs.Contains(blob), cancellationToken);

    public async IAsyncEnumerable<Suspect> SuspectsAsync(
        DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var naming in suspects.ReadAsync(SuspectSlots.Bodies, before, cancellationToken))
        {
            var suspicion = naming.Suspicion;
            var suspect = new Suspect(
                suspicion.Kind == SuspicionKind.WrittenBlob ? SuspectKind.Written : SuspectKind.Released,
                new BlobId(suspicion.Id),
                new BlobOwner(suspicion.Bucket, suspicion.Key!.Value, suspicion.Upload),
                naming.Since,
                naming.UnreferencedSince);
            _namings[suspect] = naming;
            yield return suspect;
        }
    }

    public ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken) =>
        suspects.MarkAsync(_namings[suspect], now, cancellationToken);

    public ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken) =>
        suspects.ClearAsync(_namings[suspect], cancellationToken);

    public async ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken)
    {
        await network.PlainAsync(() => Free(blob), cancellationToken);
        return true;
    }

    public ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<BlobId> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Chunks are written at TIMESTAMP 1: a blob that was deleted stays so.</summary>
    private void Add(BlobId blob)
    {
        if (!oracle.IsFreed(blob))
        {
            blobs.Add(blob);
        }
    }

    private void Free(BlobId blob)
    {
        blobs.Remove(blob);
        oracle.Freed(blob);
    }
}
