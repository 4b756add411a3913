using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Every row of a bucket, section by section, a page at a time.</summary>
internal static class IndexWalk
{
    private const int PageSize = 500;

    /// <summary>
    /// Heads come before hidden heads and versions: what a head refers to can, while the walk goes on, move to a version row only, and
    /// is then seen twice and not missed.
    /// </summary>
    public static IReadOnlyList<IndexSection> Sections { get; } =
        [IndexSection.Upload, IndexSection.Head, IndexSection.HiddenHead, IndexSection.Version];

    /// <summary>The rows of one section; none when the bucket is gone.</summary>
    public static IAsyncEnumerable<WalkedRow> RowsAsync(
        this IObjectIndex index, BucketId bucket, IndexSection section, CancellationToken cancellationToken) =>
        index.RowsAsync(bucket, section, [], [], cancellationToken);

    /// <summary>The rows of one section from a key and a suffix on.</summary>
    public static async IAsyncEnumerable<WalkedRow> RowsAsync(
        this IObjectIndex index,
        BucketId bucket,
        IndexSection section,
        byte[] from,
        byte[] suffix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            using var page = await index.ScanAsync(new ScanRange(bucket, section, from, suffix, null, PageSize), cancellationToken);
            if (page is null)
            {
                yield break;
            }

            foreach (var row in page.Rows)
            {
                yield return new WalkedRow(section, row.Key, row.Suffix, row.Ver, row.Record);
            }

            if (!page.More || page.Rows.Count == 0)
            {
                yield break;
            }

            from = page.Rows[^1].Key.ToArray();
            suffix = [.. page.Rows[^1].Suffix.Span, 0];
        }
    }
}
