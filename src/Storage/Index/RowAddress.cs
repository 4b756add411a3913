namespace S3Cassandra.Storage.Index;

/// <summary>A row of one key: its section and its suffix (empty for heads).</summary>
public readonly record struct RowAddress(IndexSection Section, ReadOnlyMemory<byte> Suffix)
{
    public static RowAddress Head => new(IndexSection.Head, default);

    public static RowAddress HiddenHead => new(IndexSection.HiddenHead, default);

    public bool Equals(RowAddress other) => Section == other.Section && Suffix.Span.SequenceEqual(other.Suffix.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Section);
        hash.AddBytes(Suffix.Span);
        return hash.ToHashCode();
    }
}
