using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Listing;

namespace S3Cassandra.Storage.Uploads;

/// <summary>Lists a bucket's uploads under way: a scan of their rows, which lie by key and then by initiation.</summary>
public sealed class UploadListing(IObjectIndex index)
{
    /// <summary>
    /// Lists a page; null when the bucket is gone. A row's suffix is the upload's id, its record one for
    /// <see cref="Objects.ObjectSummary"/>, modified when the upload was initiated.
    /// </summary>
    public async ValueTask<ListPage?> ListAsync(ListUploadsRequest request, CancellationToken cancellationToken)
    {
        var rollup = new DelimiterRollup(request.Prefix, request.Delimiter);
        using var page = new ListPageBuilder(rollup, request.MaxUploads);
        var before = KeyBounds.AbovePrefix(request.Prefix.Span);
        var next = request.MaxUploads > 0 ? Begin(request, rollup) : null;
        if (next is null && await index.GetConfigurationAsync(request.Bucket, cancellationToken) is null)
        {
            return null;
        }

        while (next is var (from, suffix) && !page.IsDone && !(before is { } end && from.Span.SequenceCompareTo(end.Span) >= 0))
        {
            var range = new ScanRange(request.Bucket, IndexSection.Upload, from, suffix, before, page.ScanLimit);
            if (await index.ScanAsync(range, cancellationToken) is not { } scan)
            {
                return null;
            }

            next = Take(scan, page);
        }

        return page.Build();
    }

    private static (ReadOnlyMemory<byte> From, ReadOnlyMemory<byte> Suffix)? Begin(ListUploadsRequest request, DelimiterRollup rollup)
    {
        var marker = request.KeyMarker;
        var amongUploads = request.UploadIdMarker is not null
            && marker.Span.StartsWith(request.Prefix.Span)
            && rollup.LengthFor(marker.Span) == 0;
        return amongUploads
            ? (marker, KeyBounds.Above(request.UploadIdMarker!.Value.ToBytes()))
            : rollup.Begin(marker) is { } from ? (from, default)
            : null;
    }

    /// <summary>Offers a scan's rows, and says where to scan on; null: nowhere.</summary>
    private static (ReadOnlyMemory<byte> From, ReadOnlyMemory<byte> Suffix)? Take(ScanPage scan, ListPageBuilder page)
    {
        var listed = false;
        var rows = scan.Rows;
        for (var i = 0; i < rows.Count && !page.IsDone; i++)
        {
            listed |= page.Offer(new ListedRow(rows[i].Key, rows[i].Suffix, rows[i].Record, IsLatest: true));
        }

        (ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)? next = null;
        if (scan.More && rows.Count > 0)
        {
            var (key, suffix) = (rows[^1].Key, rows[^1].Suffix);
            next = !page.IsRolledUp(key.Span) ? (key.ToArray(), KeyBounds.Above(suffix.Span))
                : page.Next(key.Span) is { } from ? (from, default)
                : null;
        }

        page.EndScan(scan, listed);
        return next;
    }
}
