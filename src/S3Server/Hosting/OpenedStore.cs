using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Cassandra;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The store that the settings name, open: the cluster's, or that in the data folder.</summary>
/// <param name="Seams">Its seams.</param>
/// <param name="Embedded">The store in the data folder, if it is that.</param>
/// <param name="Cassandra">The store in the cluster, if it is that.</param>
internal sealed record OpenedStore(StoreSeams Seams, EmbeddedStore? Embedded, CassandraStore? Cassandra) : IAsyncDisposable
{
    /// <summary>
    /// On Cassandra other servers write and read beside this one: garbage is looked at after the longest upload, and when every reader of
    /// what was released has said so (see the pins in <c>Storage/Cassandra/Blobs</c>).
    /// </summary>
    private static readonly SweeperOptions Sweeping = new()
    {
        WrittenGrace = TimeSpan.FromHours(24),
        ReleasedGrace = TimeSpan.FromHours(2),
        SecondLook = TimeSpan.FromHours(2),
        Interval = TimeSpan.FromMinutes(5),
    };

    /// <param name="options">Which.</param>
    /// <param name="logs">Where logs go.</param>
    /// <param name="progress">Gets a line when something is waited for or made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Storage.StoreUnavailableException">It cannot be used: the message says why.</exception>
    public static async Task<OpenedStore> OpenAsync(
        ServerOptions options, ILoggerFactory logs, Action<string> progress, CancellationToken cancellationToken)
    {
        if (options.Cassandra is { } cluster)
        {
            return await OpenAsync(
                options.InlineThreshold is { } most ? cluster with { InlineThreshold = most } : cluster, logs, progress, cancellationToken);
        }

        var store = EmbeddedStore.Open(Embed(options));
        return new OpenedStore(new StoreSeams(store.Index, store.Blobs, store.Catalog, store.Options.InlineThreshold), store, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Embedded is not null)
        {
            await Embedded.DisposeAsync();
        }

        if (Cassandra is not null)
        {
            await Cassandra.DisposeAsync();
        }
    }

    private static async Task<OpenedStore> OpenAsync(
        CassandraStoreOptions options, ILoggerFactory logs, Action<string> progress, CancellationToken cancellationToken)
    {
        var store = await CassandraStore.OpenAsync(options, logs, TimeProvider.System, progress, cancellationToken);
        var seams = new StoreSeams(store.Index, store.Blobs, store.Catalog, options.InlineThreshold) { Sweeping = Sweeping };
        return new OpenedStore(seams, null, store);
    }

    private static EmbeddedStoreOptions Embed(ServerOptions options)
    {
        var store = new EmbeddedStoreOptions { Directory = options.DataFolder, ChunkPoolBytes = options.ChunkMemory };
        return options.InlineThreshold is { } threshold ? store with { InlineThreshold = threshold } : store;
    }
}
