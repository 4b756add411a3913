using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>A row that was copied: where it is, as what, and how large (<see cref="Tally.BytesOf"/>).</summary>
/// <param name="Parent">Which of the parents it is in.</param>
/// <param name="Address">Its address; the memory is its own.</param>
/// <param name="Key">Its key.</param>
/// <param name="Ver">As what: unique to each write of the row.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct CopiedRow(int Parent, RowAddress Address, byte[] Key, Guid Ver, long Bytes)
{
    /// <summary>Which comes first in a copy: parent by parent, section by section, in the order of rows.</summary>
    public int CompareTo(int parent, in ShardRow row)
    {
        var order = Parent.CompareTo(parent);
        order = order != 0 ? order : Address.Section.CompareTo(row.Row.Address.Section);
        order = order != 0 ? order : Key.AsSpan().SequenceCompareTo(row.Key.Span);
        return order != 0 ? order : Address.Suffix.Span.SequenceCompareTo(row.Row.Address.Suffix.Span);
    }
}
