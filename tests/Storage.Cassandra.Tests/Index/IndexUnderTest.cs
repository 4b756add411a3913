using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>The index on a real node, with blobs, suspects and parts there, for the contract suites.</summary>
internal sealed class IndexUnderTest : IStore
{
    private readonly BodiesStore _bodies;
    private readonly CassandraIndex _index;

    private IndexUnderTest(CassandraKeyspace keyspace, BodiesStore bodies, TimeProvider clock)
    {
        _bodies = bodies;
        _index = new CassandraIndex(
            new CqlIndexTables(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(30) }),
            bodies.Suspects,
            bodies.Parts,
            new ShardingQueue(100),
            RemoveAsync,
            new IndexOptions { Server = IncarnationId.New(), Deadline = TimeSpan.FromMinutes(1) },
            new ShardingOptions(),
            clock,
            NullLogger.Instance);
    }

    public IObjectIndex Index => _index;

    public IBlobStore Blobs => _bodies.Blobs;

    public ICatalog Catalog => throw new NotSupportedException();

    /// <summary>In a keyspace without anything.</summary>
    public static async ValueTask<IStore> OpenAsync(CassandraKeyspace keyspace, TimeProvider clock)
    {
        await keyspace.TruncateAsync("shard_map");
        return new IndexUnderTest(keyspace, await BodiesStore.EmptyAsync(keyspace, clock), clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        await _bodies.DisposeAsync();
    }

    private static ValueTask<BucketRemoval> RemoveAsync(BucketId bucket, CancellationToken token)
    {
        Assert.Skip("Buckets cannot be removed yet.");
        return default;
    }
}
