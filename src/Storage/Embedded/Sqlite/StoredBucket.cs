namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>A bucket's row: the number that its rows are stored under, and the epoch in force.</summary>
internal sealed record StoredBucket(long Number, int Epoch);
