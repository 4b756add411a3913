using System.Collections.Immutable;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>What the rows of one key were, commit by commit.</summary>
internal sealed class KeyHistory
{
    private static readonly ImmutableSortedDictionary<RowKey, IndexRow> Nothing = ImmutableSortedDictionary<RowKey, IndexRow>.Empty;

    private readonly List<(long At, ImmutableSortedDictionary<RowKey, IndexRow> Rows)> _states = [(0, Nothing)];

    public ImmutableSortedDictionary<RowKey, IndexRow> Now => _states[^1].Rows;

    public void Add(long at, ImmutableSortedDictionary<RowKey, IndexRow> rows) => _states.Add((at, rows));

    /// <summary>The state at a moment, and all that followed.</summary>
    public IEnumerable<ImmutableSortedDictionary<RowKey, IndexRow>> Since(long moment)
    {
        var first = _states.FindLastIndex(state => state.At <= moment);
        return _states.Skip(first).Select(state => state.Rows);
    }
}
