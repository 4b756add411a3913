using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>A row of an <see cref="InMemoryIndex"/>, ordered by (section, key, suffix), bytes as unsigned.</summary>
internal sealed record InMemoryRow(
    IndexSection Section, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Suffix, Guid Ver, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Body)
    : IComparable<InMemoryRow>
{
    public static InMemoryRow At(IndexSection section, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> suffix) =>
        new(section, key, suffix, default, default, default);

    public int CompareTo(InMemoryRow? other)
    {
        var order = Section.CompareTo(other!.Section);
        order = order != 0 ? order : Key.Span.SequenceCompareTo(other.Key.Span);
        return order != 0 ? order : Suffix.Span.SequenceCompareTo(other.Suffix.Span);
    }

    public IndexRow ToIndexRow(bool withBody) => new(new RowAddress(Section, Suffix), Ver, Record, withBody ? Body : default);
}
