using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Listing;

/// <summary>Lists a bucket's current objects.</summary>
public sealed class ObjectListing(IObjectIndex index)
{
    /// <summary>Lists a page; null when the bucket is gone. Truncated means that at least one more entry was there.</summary>
    public async ValueTask<ListPage?> ListAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var rollup = new DelimiterRollup(request.Prefix, request.Delimiter);
        using var page = new ListPageBuilder(rollup, request.MaxKeys);
        var before = KeyBounds.AbovePrefix(request.Prefix.Span);
        var next = request.MaxKeys > 0 ? rollup.Begin(request.After) : null;
        var exists = false;
        while (next is { } from && !page.IsDone && !(before is { } end && from.Span.SequenceCompareTo(end.Span) >= 0))
        {
            var range = new ScanRange(request.Bucket, IndexSection.Head, from, default, before, page.ScanLimit, RecordsOnly: true);
            if (await index.ScanAsync(range, cancellationToken) is not { } scan)
            {
                return null;
            }

            exists = true;
            next = Take(scan, page);
        }

        exists = exists || await index.GetConfigurationAsync(request.Bucket, cancellationToken) is not null;
        return exists ? page.Build() : null;
    }

    /// <summary>Offers a scan's rows, and says where to scan on; null: nowhere.</summary>
    private static ReadOnlyMemory<byte>? Take(ScanPage scan, ListPageBuilder page)
    {
        var listed = false;
        var rows = scan.Rows;
        for (var i = 0; i < rows.Count && !page.IsDone; i++)
        {
            listed |= page.Offer(new ListedRow(rows[i].Key, default, rows[i].Record, IsLatest: true));
        }

        var next = scan.More && rows.Count > 0 ? page.Next(rows[^1].Key.Span) : null;
        page.EndScan(scan, listed);
        return next;
    }
}
