using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The store behind the server: its three seams, up to what size bodies belong in the index, and when its garbage is looked at.</summary>
internal sealed record StoreSeams(IObjectIndex Index, IBlobStore Blobs, ICatalog Catalog, int InlineThreshold)
{
    public SweeperOptions Sweeping { get; init; } = new();
}
