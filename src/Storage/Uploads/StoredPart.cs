namespace S3Cassandra.Storage.Uploads;

/// <summary>A part row, unpacked.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="Stamp">Orders the rows of one number.</param>
/// <param name="Record">The part.</param>
public sealed record StoredPart(int Number, UInt128 Stamp, PartRecord Record);
