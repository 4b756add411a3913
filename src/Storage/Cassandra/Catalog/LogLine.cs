namespace S3Cassandra.Storage.Cassandra.Catalog;

/// <summary>That a record was written, or deleted, under a number.</summary>
internal sealed record LogLine(long Revision, byte[] Key, bool IsDeletion);
