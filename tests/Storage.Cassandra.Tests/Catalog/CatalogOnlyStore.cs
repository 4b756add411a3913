using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Catalog;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Catalog;

/// <summary>The catalog for its contract, which asks for nothing else.</summary>
internal sealed class CatalogOnlyStore(CassandraCatalog catalog) : IStore
{
    public IObjectIndex Index => throw new NotSupportedException();

    public IBlobStore Blobs => throw new NotSupportedException();

    public ICatalog Catalog => catalog;

    public ValueTask DisposeAsync()
    {
        catalog.Dispose();
        return ValueTask.CompletedTask;
    }
}
