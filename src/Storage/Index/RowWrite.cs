namespace S3Cassandra.Storage.Index;

/// <summary>A row to insert or replace.</summary>
public readonly record struct RowWrite(RowAddress Address, Guid Ver, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Body);
