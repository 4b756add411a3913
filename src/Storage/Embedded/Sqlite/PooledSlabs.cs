using System.Buffers;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Memory for the rows of a page: pieces of pooled arrays, given back together.</summary>
internal sealed class PooledSlabs : IMemoryOwner<byte>
{
    private const int SlabSize = 128 * 1024;

    private readonly List<byte[]> _slabs = [];
    private int _used = SlabSize;

    /// <summary>The slab in use; what matters is what <see cref="Copy"/> returned.</summary>
    public Memory<byte> Memory => _slabs.Count == 0 ? default : _slabs[^1];

    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        if (_slabs.Count == 0 || bytes.Length > _slabs[^1].Length - _used)
        {
            _slabs.Add(ArrayPool<byte>.Shared.Rent(Math.Max(SlabSize, bytes.Length)));
            _used = 0;
        }

        var copy = _slabs[^1].AsMemory(_used, bytes.Length);
        bytes.CopyTo(copy.Span);
        _used += bytes.Length;
        return copy;
    }

    public void Dispose()
    {
        foreach (var slab in _slabs)
        {
            ArrayPool<byte>.Shared.Return(slab);
        }

        _slabs.Clear();
    }
}
