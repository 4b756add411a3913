using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>The contract on a real node.</summary>
public sealed class CassandraPartTests(CassandraKeyspace keyspace) : PartContract, IClassFixture<CassandraKeyspace>
{
    protected override ValueTask<IStore> OpenAsync(TimeProvider clock) => IndexUnderTest.OpenAsync(keyspace, clock);
}
