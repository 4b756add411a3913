namespace S3Cassandra.Storage.Catalog;

/// <summary>Small records, linearizable each, for what is read often and changed seldom. Values stay below 256 KiB.</summary>
public interface ICatalog
{
    ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Writes (or, with a null value, deletes) a record if its revision is <paramref name="expectedRevision"/>; null: if there is none.
    /// </summary>
    ValueTask<CatalogResult> WriteAsync(
        CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken);

    /// <summary>Records with a key above <paramref name="after"/> that begins with <paramref name="prefix"/>, in byte order.</summary>
    ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
        CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Records written or deleted since a revision, oldest first: what a cache needs to stay fresh.</summary>
    ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(CatalogTable table, long revision, int limit, CancellationToken cancellationToken);
}
