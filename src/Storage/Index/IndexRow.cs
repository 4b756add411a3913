namespace S3Cassandra.Storage.Index;

/// <summary>A row as it is stored.</summary>
/// <param name="Address">Which row of the key.</param>
/// <param name="Ver">Unique per write of the row; what conditions compare.</param>
/// <param name="Record">The packed record; at most 64 KiB.</param>
/// <param name="Body">The object's bytes where they live in the row; empty otherwise, and wherever a read did not ask for them.</param>
public sealed record IndexRow(RowAddress Address, Guid Ver, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Body);
