using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Contract.InMemory;

namespace S3Cassandra.Storage.Embedded.Tests.Contracts;

public sealed class InMemoryPartTests : PartContract
{
    protected override ValueTask<IStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<IStore>(new InMemoryStore(clock, chunkSize: 16 * 1024, chunkPool: 64));
}
