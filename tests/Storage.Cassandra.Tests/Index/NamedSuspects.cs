using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>Shows what the index named as suspects, and has no blobs.</summary>
internal sealed class NamedSuspects(ISuspectTable suspects) : IBlobStore
{
    public int ChunkSize => throw new NotSupportedException();

    public long PoolBytes => throw new NotSupportedException();

    public async IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (suspicion, stamp, unreferenced) in suspects.ReadAsync(SuspectSlots.Bodies, before, cancellationToken))
        {
            var isUpload = suspicion.Kind == SuspicionKind.EndedUpload;
            yield return new Suspect(
                isUpload ? SuspectKind.EndedUpload : SuspectKind.Released,
                isUpload ? default : new BlobId(suspicion.Id),
                new BlobOwner(suspicion.Bucket, suspicion.Key!.Value, suspicion.Upload),
                Milliseconds(Cql.TimeUuid.TimeOf(stamp)),
                unreferenced);
        }
    }

    /// <summary>Stamps of one moment rise by 100 ns.</summary>
    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<BlobId> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
