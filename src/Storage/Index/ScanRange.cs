using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Index;

/// <summary>
/// A slice of one section: rows with (key, suffix) at or above (<paramref name="From"/>, <paramref name="FromSuffix"/>) and key below
/// <paramref name="Before"/> (null: to the end), at most <paramref name="Limit"/> of them. To go on after a row, append a zero byte.
/// Keys may be any bytes here, valid UTF-8 or not. With <paramref name="RecordsOnly"/> nothing but keys and records is asked for, of a section
/// whose rows have no suffix: the rows' <see cref="ScannedRow.Ver"/> may then be empty.
/// </summary>
public readonly record struct ScanRange(
    BucketId Bucket,
    IndexSection Section,
    ReadOnlyMemory<byte> From,
    ReadOnlyMemory<byte> FromSuffix,
    ReadOnlyMemory<byte>? Before,
    int Limit,
    bool RecordsOnly = false);
