using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// What was copied so far of the parents of a replacement, in the order in which every pass reads them: a pass is merged with the one before,
/// which tells what is another row by now, and what is gone.
/// </summary>
/// <remarks>Some 200 B a row: whoever copies ahead does so with shards of bounded size.</remarks>
internal sealed class CopiedRows
{
    private List<CopiedRow> _before = [];
    private List<CopiedRow> _now = [];
    private int _next;

    /// <summary>Passes begun; also the timestamp of what the last one writes.</summary>
    public int Passes { get; private set; }

    /// <summary>What the pass that ended last found, in order.</summary>
    public IReadOnlyList<CopiedRow> Rows => _now;

    public void BeginPass()
    {
        Passes++;
        (_before, _now, _next) = (_now, new List<CopiedRow>(_now.Count), 0);
    }

    /// <summary>The next row of this pass. True when it has to be copied: it is not what was, or nothing was.</summary>
    /// <param name="parent">Which parent it is in.</param>
    /// <param name="row">The row.</param>
    /// <param name="gone">Gets what lay before it in the pass before, and no longer does.</param>
    public bool Add(int parent, in ShardRow row, List<CopiedRow> gone)
    {
        var order = -1;
        while (_next < _before.Count && (order = _before[_next].CompareTo(parent, row)) < 0)
        {
            gone.Add(_before[_next++]);
        }

        var old = _next < _before.Count && order == 0 ? _before[_next++] : default(CopiedRow?);
        if (old is { } same && same.Ver == row.Row.Ver)
        {
            _now.Add(same);
            return false;
        }

        var address = new RowAddress(row.Row.Address.Section, row.Row.Address.Suffix.ToArray());
        _now.Add(new CopiedRow(parent, address, row.Key.ToArray(), row.Row.Ver, Tally.BytesOf(row)));
        return true;
    }

    /// <summary>The sizes of rows that were added last, in this order, without their bodies.</summary>
    public void Measure(int parent, IReadOnlyList<ShardRow> rows)
    {
        for (int i = rows.Count - 1, at = _now.Count - 1; i >= 0; at--)
        {
            if (_now[at].CompareTo(parent, rows[i]) == 0)
            {
                _now[at] = _now[at] with { Bytes = Tally.BytesOf(rows[i--]) };
            }
        }
    }

    /// <summary>The pass has seen everything: what the pass before found behind it is gone.</summary>
    public void EndPass(List<CopiedRow> gone)
    {
        gone.AddRange(_before.Skip(_next));
        _before = [];
    }
}
