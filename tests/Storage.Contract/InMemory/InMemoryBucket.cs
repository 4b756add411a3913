using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>The key space of one bucket.</summary>
internal sealed class InMemoryBucket(IndexConfiguration configuration)
{
    public IndexConfiguration Configuration { get; set; } = configuration;

    public SortedSet<InMemoryRow> Rows { get; } = [];

    public InMemoryRow? Find(IndexSection section, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> suffix) =>
        Rows.TryGetValue(InMemoryRow.At(section, key, suffix), out var row) ? row : null;

    /// <summary>Rows at or above the first and below the second, in order.</summary>
    public IEnumerable<InMemoryRow> Between(InMemoryRow from, InMemoryRow before) =>
        from.CompareTo(before) >= 0 ? [] : Rows.GetViewBetween(from, before).Where(row => row.CompareTo(before) < 0);

    public IEnumerable<InMemoryRow> Section(IndexSection section) =>
        Between(InMemoryRow.At(section, default, default), InMemoryRow.At(section + 1, default, default));
}
