namespace S3Cassandra.Storage.Catalog;

/// <summary>A record of the catalog.</summary>
/// <param name="Key">Its key, compared as UTF-8 bytes.</param>
/// <param name="Revision">Rises with every write in the table; what conditions compare.</param>
/// <param name="Value">The packed record; null for one deleted, which only <see cref="ICatalog.ChangedSinceAsync"/> shows.</param>
public sealed record CatalogRecord(string Key, long Revision, byte[]? Value);
