using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract;

/// <summary>A store under test: the three seams and how to end it.</summary>
public interface IStore : IAsyncDisposable
{
    IObjectIndex Index { get; }

    IBlobStore Blobs { get; }

    ICatalog Catalog { get; }
}
