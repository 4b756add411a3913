using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>The index on a real node, with blobs, suspects and parts there, for the contract suites.</summary>
internal sealed class IndexUnderTest : IStore
{
    private readonly BodiesStore _bodies;
    private readonly CassandraIndex _index;
    private readonly BucketRemover _remover;
    private readonly ShardingWorker _worker;

    private IndexUnderTest(CassandraKeyspace keyspace, BodiesStore bodies, TimeProvider clock, ShardingOptions limits)
    {
        _bodies = bodies;
        var tables = new CqlIndexTables(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(30) });
        var queue = new ShardingQueue(limits.QueueLength);
        var replacer = new ShardReplacer(tables, bodies.Suspects, limits, clock, Guid.NewGuid, NullLogger.Instance);
        _remover = new BucketRemover(tables, bodies.Suspects, limits, clock, Guid.NewGuid, NullLogger.Instance);
        _worker = new ShardingWorker(tables, queue, replacer, _remover, limits, clock, NullLogger.Instance);
        _index = new CassandraIndex(
            tables,
            bodies.Suspects,
            bodies.Parts,
            queue,
            _remover.RemoveAsync,
            new IndexOptions { Server = IncarnationId.New(), Deadline = TimeSpan.FromMinutes(1), SuggestionInterval = TimeSpan.FromMilliseconds(20) },
            limits,
            clock,
            NullLogger.Instance);
        _worker.Start();
    }

    public ShardingSnapshot Sharding => _worker.Snapshot;

    public IObjectIndex Index => _index;

    public IBlobStore Blobs => _bodies.Blobs;

    public ICatalog Catalog => throw new NotSupportedException();

    /// <summary>In a keyspace without anything.</summary>
    public static async ValueTask<IStore> OpenAsync(CassandraKeyspace keyspace, TimeProvider clock, ShardingOptions? limits = null)
    {
        await keyspace.TruncateAsync("shard_map");
        var patient = (limits ?? new ShardingOptions()) with { Deadline = TimeSpan.FromMinutes(1) };
        return new IndexUnderTest(keyspace, await BodiesStore.EmptyAsync(keyspace, clock), clock, patient);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _index.DisposeAsync();
        await _remover.DisposeAsync();
        await _bodies.DisposeAsync();
    }
}
