using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

public sealed class CassandraBlobStoreTests(CassandraKeyspace keyspace) : BlobStoreContract, IClassFixture<CassandraKeyspace>
{
    protected override async ValueTask<IStore> OpenAsync(TimeProvider clock) => await BodiesStore.EmptyAsync(keyspace, clock);
}
