using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>The index on a real node, for the contract suites; suspects and parts are in memory.</summary>
internal sealed class IndexUnderTest : IStore
{
    private readonly CassandraIndex _index;

    public IndexUnderTest(CassandraKeyspace keyspace, TimeProvider clock)
    {
        var suspects = new MemorySuspects(clock);
        Tables = new CqlIndexTables(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(30) });
        _index = new CassandraIndex(
            Tables,
            suspects,
            new MemoryParts(),
            new ShardingQueue(100),
            RemoveAsync,
            new IndexOptions { Server = IncarnationId.New(), Deadline = TimeSpan.FromMinutes(1) },
            new ShardingOptions(),
            clock,
            NullLogger.Instance);
        Blobs = new NamedSuspects(suspects);
    }

    public IIndexTables Tables { get; }

    public IObjectIndex Index => _index;

    public IBlobStore Blobs { get; }

    public ICatalog Catalog => throw new NotSupportedException();

    /// <summary>In a keyspace without buckets.</summary>
    public static async ValueTask<IStore> OpenAsync(CassandraKeyspace keyspace, TimeProvider clock)
    {
        await keyspace.TruncateAsync("shard_map");
        return new IndexUnderTest(keyspace, clock);
    }

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    private static ValueTask<BucketRemoval> RemoveAsync(BucketId bucket, CancellationToken token)
    {
        Assert.Skip("Buckets cannot be removed yet.");
        return default;
    }
}
