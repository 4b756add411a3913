using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Garbage;

/// <summary>What blobs there are, as fsck's walk holds references against it.</summary>
internal interface IBlobCensus
{
    /// <summary>Notes that a row at this place refers to the blob.</summary>
    ValueTask<CensusAnswer> ReferAsync(BlobId blob, FsckPlace place, CancellationToken cancellationToken);
}
