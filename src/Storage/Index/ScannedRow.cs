namespace S3Cassandra.Storage.Index;

/// <summary>A row of a scan, without its body; its memory lives as long as the <see cref="ScanPage"/>.</summary>
public readonly record struct ScannedRow(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Suffix, Guid Ver, ReadOnlyMemory<byte> Record);
