using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tests.Index;
using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>The index on a real node with limits so low that every few commits a shard is split, merged or rewritten.</summary>
internal static class SplittingStore
{
    public static ShardingOptions Limits { get; } = new()
    {
        SplitRows = 6,
        RateRows = 2,
        MergeRows = 4,
        RewriteDeletes = 4,
        CopyRows = 3,
        CopyAheadRows = 3,
        SliceRows = 5,
        CopyBytes = 2000,
        PassInterval = TimeSpan.FromMilliseconds(200),
        UnneededPause = TimeSpan.Zero,
    };

    public static ValueTask<IStore> OpenAsync(CassandraKeyspace keyspace, TimeProvider clock) =>
        IndexUnderTest.OpenAsync(keyspace, clock, Limits);
}
