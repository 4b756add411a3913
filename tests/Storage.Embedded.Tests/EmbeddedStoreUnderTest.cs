using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>An embedded store in a folder of its own, removed with it.</summary>
internal sealed class EmbeddedStoreUnderTest : IStore
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedStore _store;

    public EmbeddedStoreUnderTest(TimeProvider clock) => _store = EmbeddedStore.Open(OptionsFor(_folder), clock);

    public IObjectIndex Index => _store.Index;

    public IBlobStore Blobs => _store.Blobs;

    public ICatalog Catalog => _store.Catalog;

    /// <summary>Chunks of 16 KiB, 64 of them in the pool.</summary>
    public static EmbeddedStoreOptions OptionsFor(TemporaryFolder folder) => new()
    {
        Directory = folder.Path,
        ChunkSize = 16 * 1024,
        ChunkPoolBytes = 64 * 16 * 1024,
        CheckpointBytes = 256 * 1024,
    };

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
