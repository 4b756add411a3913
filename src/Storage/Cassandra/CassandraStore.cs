using Microsoft.Extensions.Logging;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Blobs;
using S3Cassandra.Storage.Cassandra.Catalog;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Parts;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra;

/// <summary>The store in a keyspace of a Cassandra cluster, for any number of servers at once.</summary>
public sealed class CassandraStore : IAsyncDisposable
{
    private readonly CqlSession _session;
    private readonly CassandraBlobStore _blobs;
    private readonly CassandraIndex _index;
    private readonly CassandraCatalog _catalog;

    private CassandraStore(
        CassandraStoreOptions options, CqlSession session, CassandraBlobStore blobs, CassandraIndex index, CassandraCatalog catalog)
    {
        Options = options;
        (_session, _blobs, _index, _catalog) = (session, blobs, index, catalog);
    }

    public CassandraStoreOptions Options { get; }

    public IObjectIndex Index => _index;

    public IBlobStore Blobs => _blobs;

    public ICatalog Catalog => _catalog;

    /// <summary>Waits for Cassandra, looks at the schema (or makes it, where the options say so), and opens the store.</summary>
    /// <param name="options">How to reach it.</param>
    /// <param name="logs">Where logs go.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Gets a line when something is waited for or made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">It cannot be used: the message says why, and what to do.</exception>
    public static async Task<CassandraStore> OpenAsync(
        CassandraStoreOptions options, ILoggerFactory logs, TimeProvider clock, Action<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            await new StoreStart(options, clock, logs.CreateLogger("S3Cassandra.Storage.Cassandra"), progress).PrepareAsync(cancellationToken);
            var session = await CqlSession.ConnectAsync(options.ToSession(options.Keyspace) with { LoggerFactory = logs }, cancellationToken);
            try
            {
                return await ComposeAsync(options, session, logs, clock, cancellationToken);
            }
            catch
            {
                await session.DisposeAsync();
                throw;
            }
        }
        catch (CqlException failure)
        {
            throw CassandraFailure.Unavailable(failure);
        }
    }

    /// <summary>Finishes what was begun, within bounds, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        await _blobs.DisposeAsync();
        _catalog.Dispose();
        await _session.DisposeAsync();
    }

    private static async ValueTask<CassandraStore> ComposeAsync(
        CassandraStoreOptions options, CqlSession session, ILoggerFactory logs, TimeProvider clock, CancellationToken cancellationToken)
    {
        var statements = new StatementOptions { Timeout = options.StatementTime };
        var runner = new StatementRunner(session, statements);
        var suspects = await SuspectTable.OpenAsync(runner, clock, cancellationToken);
        var parts = await PartTable.OpenAsync(runner, cancellationToken);
        var bodies = new BlobStoreOptions { ChunkSize = options.ChunkSize, ChunkPoolBytes = options.ChunkPoolBytes };
        var blobs = await CassandraBlobStore.OpenAsync(session, runner, suspects, bodies, clock, cancellationToken);
        var sharding = new ShardingOptions();
        var index = new CassandraIndex(
            new CqlIndexTables(session, statements),
            suspects,
            parts,
            new ShardingQueue(sharding.QueueLength),
            RemoveAsync,
            new IndexOptions { Server = IncarnationId.New(), Deadline = options.Deadline },
            sharding,
            clock,
            logs.CreateLogger("S3Cassandra.Storage.Index"));
        return new CassandraStore(options, session, blobs, index, new CassandraCatalog(session, clock, options.StatementTime));
    }

    private static ValueTask<BucketRemoval> RemoveAsync(BucketId bucket, CancellationToken cancellationToken) =>
        throw new StoreUnavailableException("Buckets cannot be removed yet.");
}
