using Microsoft.Extensions.Logging;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Blobs;
using S3Cassandra.Storage.Cassandra.Catalog;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Parts;
using S3Cassandra.Storage.Cassandra.Servers;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra;

/// <summary>The store in a keyspace of a Cassandra cluster, for any number of servers at once.</summary>
public sealed class CassandraStore : IAsyncDisposable
{
    private readonly CqlSession _session;
    private readonly CassandraBlobStore _blobs;
    private readonly CassandraIndex _index;
    private readonly CassandraCatalog _catalog;
    private readonly IncarnationId _server;
    private readonly Surveyor _surveyor;
    private readonly ServerLife _life;
    private readonly BucketRemover _remover;
    private readonly ShardingWorker _worker;
    private readonly TimeProvider _clock;

    private CassandraStore(StoreParts parts, CassandraBlobStore blobs, CassandraIndex index, BucketRemover remover)
    {
        Options = parts.Options;
        (_session, _clock, _server, _blobs, _index, _remover) = (parts.Session, parts.Clock, parts.Server, blobs, index, remover);
        _catalog = new CassandraCatalog(_session, _clock, Options.StatementTime);
        var servers = new ServerTable(parts.Runner);
        var leases = new SlotLeases(_catalog, _server, new LeaseTimes(), _clock);
        _surveyor = new Surveyor(_session, parts.Runner, servers, parts.Suspects, Options, _clock);
        _worker = new ShardingWorker(
            parts.Tables,
            parts.Queue,
            new ShardReplacer(parts.Tables, parts.Suspects, parts.Sharding, _clock, Guid.NewGuid, parts.Logger),
            remover,
            parts.Sharding,
            _clock,
            parts.Logger)
        {
            // Whoever sweeps the shards looks at all of them.
            PassesHere = () => leases.Holds(SuspectSlots.Shard),
        };
        _life = new ServerLife(
            servers,
            leases,
            new ShardSweeper(parts.Tables, parts.Suspects, parts.Sharding, _clock),
            () => $"sweeps {leases.Held.Count} slots; shard jobs: {_worker.Snapshot}",
            new LeaseTimes(),
            _clock,
            parts.Logger);
        Leases = leases;
    }

    public CassandraStoreOptions Options { get; }

    public IObjectIndex Index => _index;

    public IBlobStore Blobs => _blobs;

    public ICatalog Catalog => _catalog;

    /// <summary>Which slots of suspects are this server's.</summary>
    internal SlotLeases Leases { get; }

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

    /// <summary>
    /// Makes this one of the servers: it is seen among them, and takes its share of their background work. Whoever only looks does not call it,
    /// and may sweep whatever there is.
    /// </summary>
    /// <param name="address">Where it listens, for others to see.</param>
    /// <param name="version">The program's version.</param>
    public void Start(string address, string version)
    {
        _blobs.Share = Leases;
        _worker.Start();
        var now = _clock.GetUtcNow();
        _life.Start(new LiveServer(_server.Value, Environment.MachineName, address, version, now, now, ""));
    }

    /// <summary>Looks over the cluster, the servers, the shards and the garbage.</summary>
    /// <exception cref="StoreUnavailableException">Cassandra does not answer.</exception>
    public async Task<StoreSurvey> SurveyAsync(CancellationToken cancellationToken) => await _surveyor.SurveyAsync(cancellationToken);

    /// <summary>Finishes what was begun, within bounds, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _life.DisposeAsync();
        await _worker.DisposeAsync();
        await _index.DisposeAsync();
        await _remover.DisposeAsync();
        await _blobs.DisposeAsync();
        _catalog.Dispose();
        await _session.DisposeAsync();
    }

    private static async ValueTask<CassandraStore> ComposeAsync(
        CassandraStoreOptions options, CqlSession session, ILoggerFactory logs, TimeProvider clock, CancellationToken cancellationToken)
    {
        var statements = new StatementOptions { Timeout = options.StatementTime };
        var runner = new StatementRunner(session, statements);
        var sharding = new ShardingOptions { SplitBytes = options.ShardBytes };
        var parts = new StoreParts(
            options,
            session,
            runner,
            new CqlIndexTables(session, statements),
            await SuspectTable.OpenAsync(runner, clock, cancellationToken),
            new ShardingQueue(sharding.QueueLength),
            sharding,
            IncarnationId.New(),
            clock,
            logs.CreateLogger("S3Cassandra.Storage.Cassandra"));
        var uploads = await PartTable.OpenAsync(runner, cancellationToken);
        var bodies = new BlobStoreOptions { ChunkSize = options.ChunkSize, ChunkPoolBytes = options.ChunkPoolBytes };
        var blobs = await CassandraBlobStore.OpenAsync(session, runner, parts.Suspects, bodies, clock, cancellationToken);
        var remover = new BucketRemover(parts.Tables, parts.Suspects, sharding, clock, Guid.NewGuid, parts.Logger);
        var index = new CassandraIndex(
            parts.Tables,
            parts.Suspects,
            uploads,
            parts.Queue,
            remover.RemoveAsync,
            new IndexOptions { Server = parts.Server, Deadline = options.Deadline },
            sharding,
            clock,
            parts.Logger);
        return new CassandraStore(parts, blobs, index, remover);
    }
}
