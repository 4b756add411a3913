using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>The contract while shards are replaced all the time.</summary>
public sealed class SplittingIndexScanTests(CassandraKeyspace keyspace) : ObjectIndexScanContract, IClassFixture<CassandraKeyspace>
{
    protected override ValueTask<IStore> OpenAsync(TimeProvider clock) => SplittingStore.OpenAsync(keyspace, clock);
}
