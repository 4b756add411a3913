using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Embedded.Tests.Contracts;

public sealed class EmbeddedObjectIndexConcurrencyTests : ObjectIndexConcurrencyContract
{
    protected override ValueTask<IStore> OpenAsync(TimeProvider clock) => ValueTask.FromResult<IStore>(new EmbeddedStoreUnderTest(clock));
}
