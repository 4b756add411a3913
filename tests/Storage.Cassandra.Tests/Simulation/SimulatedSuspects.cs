using System.Runtime.CompilerServices;
using S3Cassandra.Cql;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>The suspect table as one server reaches it.</summary>
internal sealed class SimulatedSuspects(SuspectRows rows, SimulatedWorld world, INetwork network, TimeProvider clock) : ISuspectTable
{
    private readonly TimeUuid _stamps = new(clock);

    public async ValueTask<IReadOnlyList<NamedSuspicion>> NameAsync(IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken)
    {
        var named = suspicions.Select(suspicion => new NamedSuspicion(suspicion, _stamps.New())).ToList();
        await network.PlainAsync(() => named.ForEach(rows.Add), cancellationToken);
        if (world.Lacks(Guard.SuspectsFirst))
        {
            rows.Forget(named);
        }

        return named;
    }

    public async IAsyncEnumerable<NamedSuspicion> ReadAsync(
        IReadOnlyList<int> slots, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await network.ReadAsync(
            () => rows.All
                .Where(naming => slots.Contains(SuspectSlots.Of(naming.Suspicion.Kind, naming.Since)) && naming.Since < before)
                .OrderBy(naming => naming.Since)
                .ToList(),
            cancellationToken);
        foreach (var naming in found)
        {
            yield return naming;
        }
    }

    public ValueTask MarkAsync(NamedSuspicion naming, DateTimeOffset now, CancellationToken cancellationToken) =>
        network.PlainAsync(() => rows.Mark(naming, now), cancellationToken);

    public ValueTask ClearAsync(NamedSuspicion naming, CancellationToken cancellationToken) =>
        network.PlainAsync(() => rows.Clear(naming), cancellationToken);
}
