using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Listing;

/// <summary>Collects rows, in order, into a page: rolls up, counts, and knows where to scan on.</summary>
internal sealed class ListPageBuilder(DelimiterRollup rollup, int maxKeys) : IDisposable
{
    /// <summary>
    /// Where keys are rolled up, a scan should not read many of them: between 32 rows, whose cost is that of one more scan, and the page.
    /// </summary>
    private const int LeastScan = 32;

    private const int FirstRollupScan = 256;

    private readonly List<ListedRow> _rows = [];
    private readonly List<ReadOnlyMemory<byte>> _commonPrefixes = [];
    private readonly List<IDisposable> _memory = [];
    private ReadOnlyMemory<byte> _commonPrefix;
    private bool _endsInCommonPrefix;
    private bool _truncated;
    private int _scan = FirstRollupScan;
    private int _offered;
    private int _rolledUp;

    /// <summary>Whether the page is full and more is known to follow.</summary>
    public bool IsDone => _truncated;

    /// <summary>How many rows to ask the next scan for: what is missing and one more, which says that the page is truncated.</summary>
    public int ScanLimit => rollup.IsEmpty ? Missing + 1 : Math.Min(_scan, Missing + 1);

    private int Missing => maxKeys - _rows.Count - _commonPrefixes.Count;

    /// <summary>Takes a row; false when it was not listed itself (rolled up, or the page is full).</summary>
    public bool Offer(in ListedRow row)
    {
        _offered++;
        if (IsRolledUp(row.Key.Span))
        {
            _rolledUp++;
            return false;
        }

        if (Missing == 0)
        {
            _truncated = true;
            return false;
        }

        var length = rollup.LengthFor(row.Key.Span);
        _endsInCommonPrefix = length > 0;
        if (length > 0)
        {
            _commonPrefix = row.Key[..length].ToArray();
            _commonPrefixes.Add(_commonPrefix);
            return false;
        }

        _rows.Add(row);
        return true;
    }

    /// <summary>Whether the common prefix that was listed last stands for this key.</summary>
    public bool IsRolledUp(ReadOnlySpan<byte> key) => !_commonPrefix.IsEmpty && key.StartsWith(_commonPrefix.Span);

    /// <summary>Where a scan goes on that ended with a key: after it, or after all that its common prefix rolls up.</summary>
    public ReadOnlyMemory<byte>? Next(ReadOnlySpan<byte> key) =>
        IsRolledUp(key) ? KeyBounds.AbovePrefix(_commonPrefix.Span) : KeyBounds.Above(key);

    /// <summary>Ends a scan: keeps its memory if listed rows point into it, and fits the size of the next one.</summary>
    public void EndScan(ScanPage scan, bool keep)
    {
        if (keep)
        {
            _memory.Add(scan);
        }
        else
        {
            scan.Dispose();
        }

        _scan = _rolledUp > _offered / 2 ? Math.Max(LeastScan, _scan / 4) : Math.Min(_scan * 2, maxKeys + 1);
        _offered = _rolledUp = 0;
    }

    public ListPage Build()
    {
        var page = new ListPage(_rows, _commonPrefixes, _truncated, _endsInCommonPrefix, [.. _memory]);
        _memory.Clear();
        return page;
    }

    /// <summary>Gives back what no page has taken over.</summary>
    public void Dispose()
    {
        foreach (var memory in _memory)
        {
            memory.Dispose();
        }
    }
}
