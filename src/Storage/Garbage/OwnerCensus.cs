using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// Asks the blob itself whose it is, where a store is too large to count all blobs in memory: of two keys that refer to one blob, one is
/// not its owner.
/// </summary>
internal sealed class OwnerCensus(IBlobStore blobs) : IBlobCensus
{
    public async ValueTask<CensusAnswer> ReferAsync(BlobId blob, FsckPlace place, CancellationToken cancellationToken) =>
        await blobs.OwnerAsync(blob, cancellationToken) is not { } owner ? CensusAnswer.Missing
        : owner.Bucket == place.Bucket && owner.Key.Span.SequenceEqual(place.Key.Span) ? CensusAnswer.Counted
        : CensusAnswer.OfAnother;
}
