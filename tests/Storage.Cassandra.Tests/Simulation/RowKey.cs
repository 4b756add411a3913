using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>Where a row stands in its partition, by value.</summary>
internal sealed record RowKey(IndexSection Section, string Key, string Suffix) : IComparable<RowKey>
{
    public static RowKey Of(ReadOnlySpan<byte> key, RowAddress address) =>
        new(address.Section, Convert.ToHexString(key), Convert.ToHexString(address.Suffix.Span));

    public int CompareTo(RowKey? other) =>
        other is null ? 1 : Section != other.Section ? Section.CompareTo(other.Section) : CompareText(other);

    private int CompareText(RowKey other)
    {
        var byKey = string.CompareOrdinal(Key, other.Key);
        return byKey != 0 ? byKey : string.CompareOrdinal(Suffix, other.Suffix);
    }
}
