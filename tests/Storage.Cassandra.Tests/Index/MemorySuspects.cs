using System.Runtime.CompilerServices;
using S3Cassandra.Cql;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary><see cref="ISuspectTable"/> in memory.</summary>
internal sealed class MemorySuspects(TimeProvider clock) : ISuspectTable
{
    private readonly Lock _gate = new();
    private readonly TimeUuid _stamps = new(clock);
    private readonly List<NamedSuspicion> _named = [];

    public ValueTask<IReadOnlyList<NamedSuspicion>> NameAsync(IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken)
    {
        NamedSuspicion[] named = [.. suspicions.Select(suspicion => new NamedSuspicion(suspicion, _stamps.New()))];
        lock (_gate)
        {
            _named.AddRange(named);
        }

        return ValueTask.FromResult<IReadOnlyList<NamedSuspicion>>(named);
    }

    public async IAsyncEnumerable<NamedSuspicion> ReadAsync(
        IReadOnlyList<int> slots, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        NamedSuspicion[] all;
        lock (_gate)
        {
            all = [.. _named.Where(naming => naming.Since < before && slots.Contains(SuspectSlots.Of(naming.Suspicion.Kind, naming.Since)))];
        }

        foreach (var naming in all)
        {
            yield return naming;
        }
    }

    public ValueTask MarkAsync(NamedSuspicion naming, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ClearAsync(NamedSuspicion naming, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _named.RemoveAll(other => other.Stamp == naming.Stamp);
        }

        return ValueTask.CompletedTask;
    }
}
