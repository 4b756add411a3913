namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>What the writer needs to know of a row before it changes it; a null <paramref name="Ver"/>: there is no such row.</summary>
internal readonly record struct StoredRow(Guid? Ver, long? Body);
