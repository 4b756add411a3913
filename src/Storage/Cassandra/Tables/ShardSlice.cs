using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// A run of rows of one section in order, at or above (<paramref name="From"/>, <paramref name="FromSuffix"/>), with keys below
/// <paramref name="Before"/> (null: to the end of the section), at most <paramref name="Limit"/>.
/// </summary>
/// <param name="Section">The section.</param>
/// <param name="From">The first key, inclusive.</param>
/// <param name="FromSuffix">The first suffix of that key, inclusive.</param>
/// <param name="Before">The end, exclusive.</param>
/// <param name="Limit">The most rows.</param>
/// <param name="WithBody">Whether inline bodies are wanted: for copies.</param>
/// <param name="Serial">As in <see cref="ShardRead"/>.</param>
/// <param name="RecordsOnly">Whether keys and records are all that is wanted of the rows.</param>
internal readonly record struct ShardSlice(
    IndexSection Section,
    ReadOnlyMemory<byte> From,
    ReadOnlyMemory<byte> FromSuffix,
    ReadOnlyMemory<byte>? Before,
    int Limit,
    bool WithBody = false,
    bool Serial = false,
    bool RecordsOnly = false);
