using Amazon.S3;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests;

/// <summary>
/// One server for all tests of the assembly, on the embedded store in a folder of its own. Small chunks and a low threshold, so that a
/// body of a few hundred KiB has chunks: inline up to 16 KiB, chunks of 64 KiB.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public const int InlineThreshold = 16 * 1024;
    public const int ChunkSize = 64 * 1024;

    private readonly TemporaryFolder _folder = new();
    private EmbeddedStore? _store;

    public RunningServer Server { get; private set; } = null!;

    public AmazonS3Client Aws => Server.Aws;

    public S3Client Raw => Server.Raw;

    public async ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions
        {
            Directory = _folder.Path,
            InlineThreshold = InlineThreshold,
            ChunkSize = ChunkSize,
            ChunkPoolBytes = 16L * 1024 * 1024,
        });
        Server = await RunningServer.StartAsync(new StoreSeams(_store.Index, _store.Blobs, _store.Catalog, InlineThreshold));
    }

    /// <summary>
    /// Whether a text stands anywhere in the store's files. By another process: one that opens SQLite's files beside SQLite takes its locks
    /// away when it closes them.
    /// </summary>
    public async Task<bool> IsStoredAsync(string text, CancellationToken token) =>
        (await new Command("grep", ["-rlaF", text, _folder.Path]).RunAsync(token)).Output.Length > 0;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _folder.Dispose();
    }
}
