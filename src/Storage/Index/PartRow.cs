namespace S3Cassandra.Storage.Index;

/// <summary>
/// An uploaded part. Immutable: a part uploaded again is another row with a later stamp; Complete picks by the ETag that the client names.
/// </summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="Stamp">Orders the rows of one number by time of upload; 16 bytes, unique.</param>
/// <param name="Record">The packed record (size, ETag, checksums, blob); at most 64 KiB.</param>
/// <param name="Body">The part's bytes where they live in the row; empty in listings.</param>
public sealed record PartRow(int Number, UInt128 Stamp, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Body);
