using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Contract.InMemory;

namespace S3Cassandra.Storage.Embedded.Tests.Contracts;

/// <summary>Calls overtake each other.</summary>
public sealed class DelayedObjectIndexConcurrencyTests : ObjectIndexConcurrencyContract
{
    protected override ValueTask<IStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<IStore>(new FaultyStore(new InMemoryStore(clock, 16 * 1024, 64), FaultPlan.Seeded(7, 0.3, Fault.Delay)));
}
