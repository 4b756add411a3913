using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>The static columns of a blob's partition 0, written with its chunk 0 or before a chunk beyond the first partition.</summary>
/// <param name="Owner">Whose it was when it was begun.</param>
/// <param name="Groups">How many partitions it may have.</param>
/// <param name="Naming">The stamp of its naming as a written blob.</param>
internal sealed record BlobHeader(BlobOwner? Owner, int Groups, Guid? Naming);
