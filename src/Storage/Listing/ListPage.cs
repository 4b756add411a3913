namespace S3Cassandra.Storage.Listing;

/// <summary>A page of a listing. Disposing it gives the memory of its rows back.</summary>
public sealed class ListPage : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _memory;

    internal ListPage(
        IReadOnlyList<ListedRow> rows,
        IReadOnlyList<ReadOnlyMemory<byte>> commonPrefixes,
        bool isTruncated,
        bool endsInCommonPrefix,
        IReadOnlyList<IDisposable> memory)
    {
        Rows = rows;
        CommonPrefixes = commonPrefixes;
        IsTruncated = isTruncated;
        EndsInCommonPrefix = endsInCommonPrefix;
        _memory = memory;
    }

    public IReadOnlyList<ListedRow> Rows { get; }

    /// <summary>Each once, in order; they include the request's prefix and end in its delimiter.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> CommonPrefixes { get; }

    /// <summary>Whether at least one key or common prefix follows.</summary>
    public bool IsTruncated { get; }

    /// <summary>Whether the last thing listed is a common prefix and not a row.</summary>
    public bool EndsInCommonPrefix { get; }

    /// <summary>How many keys and common prefixes it holds.</summary>
    public int Count => Rows.Count + CommonPrefixes.Count;

    /// <summary>The last key or common prefix listed, which the next page goes on after; empty for an empty page.</summary>
    public ReadOnlyMemory<byte> Last => EndsInCommonPrefix ? CommonPrefixes[^1] : Rows.Count > 0 ? Rows[^1].Key : default;

    public void Dispose()
    {
        foreach (var memory in _memory)
        {
            memory.Dispose();
        }
    }
}
