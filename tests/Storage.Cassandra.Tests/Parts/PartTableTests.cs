using S3Cassandra.Storage.Cassandra.Tests.Blobs;
using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Parts;

public sealed class PartTableTests(CassandraKeyspace keyspace) : PartContract, IClassFixture<CassandraKeyspace>
{
    protected override async ValueTask<IStore> OpenAsync(TimeProvider clock) => await BodiesStore.EmptyAsync(keyspace, clock);
}
