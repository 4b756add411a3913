using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>The contract on a real node.</summary>
public sealed class CassandraIndexTests(CassandraKeyspace keyspace) : ObjectIndexContract, IClassFixture<CassandraKeyspace>
{
    protected override ValueTask<IStore> OpenAsync(TimeProvider clock) => IndexUnderTest.OpenAsync(keyspace, clock);
}
