using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>Any store, under a plan of faults.</summary>
public sealed class FaultyStore(IStore inner, FaultPlan plan) : IStore
{
    public FaultyIndex Index { get; } = new(inner.Index, plan);

    IObjectIndex IStore.Index => Index;

    public IBlobStore Blobs { get; } = new FaultyBlobStore(inner.Blobs, plan);

    public ICatalog Catalog { get; } = new FaultyCatalog(inner.Catalog, plan);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
