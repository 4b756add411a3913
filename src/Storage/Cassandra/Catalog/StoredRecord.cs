using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Cassandra.Catalog;

/// <summary>A record with who wrote it: unique to each write.</summary>
internal sealed record StoredRecord(string Key, long Revision, Guid Ver, byte[] Value)
{
    public CatalogRecord ToRecord() => new(Key, Revision, Value);
}
