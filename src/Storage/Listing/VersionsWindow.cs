using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Listing;

/// <summary>The heads of a range of keys, merged with the version rows of the same range as these come.</summary>
internal sealed class VersionsWindow(ListPageBuilder page, ScanPage heads, VersionsStart start) : IDisposable
{
    private int _head;
    private bool _keepHeads;
    private bool _finished;
    private byte[] _lastKey = new byte[256];
    private int _lastKeyLength = -1;

    /// <summary>Where the window ends, exclusive; null: where the listing ends.</summary>
    public ReadOnlyMemory<byte>? End { get; } =
        heads.More && heads.Rows.Count > 0 ? KeyBounds.Above(heads.Rows[^1].Key.Span) : default(ReadOnlyMemory<byte>?);

    public int ScanLimit => page.ScanLimit;

    /// <summary>Offers version rows, and says where to scan on; null: there are no more in the window, or the page is full.</summary>
    public (ReadOnlyMemory<byte> From, ReadOnlyMemory<byte> Suffix)? Take(ScanPage scan)
    {
        var keep = false;
        var rows = scan.Rows;
        for (var i = 0; i < rows.Count && !page.IsDone; i++)
        {
            var row = rows[i];
            OfferHeadsUpTo(row.Key.Span);
            keep |= page.Offer(new ListedRow(row.Key, row.Suffix, row.Record, IsLatest(row)));
        }

        (ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)? next = null;
        if (scan.More && rows.Count > 0 && !page.IsDone)
        {
            var (key, suffix) = (rows[^1].Key, rows[^1].Suffix);
            next = !page.IsRolledUp(key.Span) ? (key.ToArray(), KeyBounds.Above(suffix.Span))
                : page.Next(key.Span) is { } from ? (from, default)
                : null;
        }

        page.EndScan(scan, keep);
        return next;
    }

    /// <summary>Offers the heads that are left, and says where the next window begins; null: nowhere.</summary>
    public ReadOnlyMemory<byte>? Finish()
    {
        OfferHeadsUpTo(default);
        var next = End is null ? null : page.Next(heads.Rows[^1].Key.Span);
        _finished = true;
        page.EndScan(heads, _keepHeads);
        return next;
    }

    public void Dispose()
    {
        if (!_finished)
        {
            heads.Dispose();
        }
    }

    /// <summary>
    /// A key's newest row comes first, so that one is current. Where the page begins among a key's versions, what was newest when it
    /// began decides.
    /// </summary>
    private bool IsLatest(in ScannedRow row)
    {
        var key = row.Key.Span;
        var first = _lastKeyLength < 0 || !key.SequenceEqual(_lastKey.AsSpan(0, _lastKeyLength));
        if (first)
        {
            if (key.Length > _lastKey.Length)
            {
                _lastKey = new byte[Math.Max(key.Length, ObjectKey.MaxBytes)];
            }

            key.CopyTo(_lastKey);
            _lastKeyLength = key.Length;
        }

        var amongVersions = !start.FromSuffix.IsEmpty && key.SequenceEqual(start.From!.Value.Span);
        return amongVersions ? row.Suffix.Span.SequenceEqual(start.Newest.Span) : first;
    }

    /// <summary>Offers the heads below a key that have no version rows, and passes over the key's own. Default: all.</summary>
    private void OfferHeadsUpTo(ReadOnlySpan<byte> key)
    {
        for (; _head < heads.Rows.Count && !page.IsDone; _head++)
        {
            var head = heads.Rows[_head];
            var order = key.IsEmpty ? -1 : head.Key.Span.SequenceCompareTo(key);
            if (order > 0)
            {
                return;
            }

            if (order < 0 && !ObjectSummary.Read(head.Record.Span).HasVersionRows)
            {
                _keepHeads |= page.Offer(new ListedRow(head.Key, default, head.Record, IsLatest: true));
            }
        }
    }
}
