using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Garbage;

/// <summary>The buckets of the catalog by their internal ids, as every check of a store begins with them.</summary>
internal static class BucketNames
{
    private const int CatalogPage = 500;

    /// <summary>All of them, by pages; a record that cannot be read is told, and left out.</summary>
    public static async ValueTask<Dictionary<BucketId, string>> ReadAsync(
        ICatalog catalog, FsckFindings findings, CancellationToken cancellationToken)
    {
        var names = new Dictionary<BucketId, string>();
        string? after = null;
        while (true)
        {
            var page = await catalog.ListAsync(CatalogTable.Bucket, "", after, CatalogPage, cancellationToken);
            foreach (var record in page)
            {
                try
                {
                    names[BucketRecordCodec.Decode(record).Id] = record.Key;
                }
                catch (CorruptDataException exception)
                {
                    findings.Add(new FsckFinding(FsckFindingKind.UnreadableRecord, exception.Message) { Bucket = record.Key });
                }
            }

            if (page.Count < CatalogPage)
            {
                return names;
            }

            after = page[^1].Key;
        }
    }
}
