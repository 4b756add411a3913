using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Listing;

/// <summary>
/// Lists a bucket's versions and delete markers: its version rows, and between them the heads that have none (objects put before the
/// bucket had versioning). A hidden head is not looked at: its delete marker has a version row.
/// </summary>
/// <remarks>
/// It goes by windows of keys: first the heads of a window, then its version rows. In this order no key is missed or seen twice: one that
/// got version rows between the two scans is listed by them, and a head's version never loses its row but by being deleted.
/// </remarks>
public sealed class VersionListing(IObjectIndex index, BucketConfigurations configurations)
{
    /// <summary>Lists a page; null when the bucket is gone. Truncated means that at least one more entry was there.</summary>
    public async ValueTask<ListPage?> ListAsync(ListVersionsRequest request, CancellationToken cancellationToken)
    {
        var rollup = new DelimiterRollup(request.Prefix, request.Delimiter);
        using var page = new ListPageBuilder(rollup, request.MaxKeys);
        var before = KeyBounds.AbovePrefix(request.Prefix.Span);
        if (await BeginAsync(request, rollup, cancellationToken) is not { } start)
        {
            return null;
        }

        var next = request.MaxKeys > 0 ? start.From : null;
        var exists = false;
        while (next is { } from && !page.IsDone && !(before is { } end && from.Span.SequenceCompareTo(end.Span) >= 0))
        {
            var range = new ScanRange(request.Bucket, IndexSection.Head, from, start.FromSuffix, before, page.ScanLimit);
            if (await index.ScanAsync(range, cancellationToken) is not { } heads)
            {
                return null;
            }

            var window = new VersionsWindow(page, heads, start);
            try
            {
                var state = await configurations.GetAsync(request.Bucket, heads.Epoch, cancellationToken);
                if (state is not VersioningState.Unversioned && !await ScanVersionsAsync(range, window, cancellationToken))
                {
                    return null;
                }

                next = window.Finish();
            }
            finally
            {
                window.Dispose();
            }

            exists = true;
            start = default;
        }

        exists = exists || await index.GetConfigurationAsync(request.Bucket, cancellationToken) is not null;
        return exists ? page.Build() : null;
    }

    /// <summary>Offers the version rows of a window, with the heads between them; false when the bucket is gone.</summary>
    private async ValueTask<bool> ScanVersionsAsync(ScanRange heads, VersionsWindow window, CancellationToken cancellationToken)
    {
        var range = heads with { Section = IndexSection.Version, Before = window.End ?? heads.Before };
        while (true)
        {
            if (await index.ScanAsync(range with { Limit = window.ScanLimit }, cancellationToken) is not { } scan)
            {
                return false;
            }

            if (window.Take(scan) is not var (from, suffix)
                || (range.Before is { } end && from.Span.SequenceCompareTo(end.Span) >= 0))
            {
                return true;
            }

            range = range with { From = from, FromSuffix = suffix };
        }
    }

    /// <summary>Finds where to begin; null when the bucket is gone.</summary>
    private async ValueTask<VersionsStart?> BeginAsync(
        ListVersionsRequest request, DelimiterRollup rollup, CancellationToken cancellationToken)
    {
        var marker = request.KeyMarker;
        var amongVersions = request.VersionIdMarker is not null
            && marker.Span.StartsWith(request.Prefix.Span)
            && rollup.LengthFor(marker.Span) == 0
            && request.MaxKeys > 0;
        if (!amongVersions || !ObjectKey.TryCreate(marker.ToArray(), out var key))
        {
            return new VersionsStart(rollup.Begin(marker));
        }

        if (await index.ReadAsync(request.Bucket, new KeyRead(key, NewestVersions: 1), cancellationToken) is not { } rows)
        {
            return null;
        }

        var suffix = SuffixOf(request.VersionIdMarker!.Value, rows);
        var newest = rows.Rows.FirstOrDefault(row => row.Address.Section == IndexSection.Version)?.Address.Suffix ?? default;
        return suffix.IsEmpty
            ? new VersionsStart(KeyBounds.Above(marker.Span))
            : new VersionsStart(marker, KeyBounds.Above(suffix.Span), newest);
    }

    /// <summary>The suffix of the version's row; empty where it is the null version and that has no row among others.</summary>
    private static ReadOnlyMemory<byte> SuffixOf(VersionId version, KeyRows rows) =>
        !version.IsNull ? version.ToBytes()
        : rows.AnyHead is { } head ? ObjectRecordCodec.Decode(head.Record).NullVersionSuffix
        : default;
}
