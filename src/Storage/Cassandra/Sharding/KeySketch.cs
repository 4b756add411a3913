using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>How much lies where in a shard: every so many bytes a key, in bounded memory. Rows are added section by section, each in order.</summary>
internal sealed class KeySketch
{
    private const int Most = 2048;
    private const double AlmostAll = 0.99;

    private static readonly Comparer<ReadOnlyMemory<byte>> ByBytes =
        Comparer<ReadOnlyMemory<byte>>.Create(static (left, right) => left.Span.SequenceCompareTo(right.Span));

    private List<(ReadOnlyMemory<byte> Key, long Bytes)> _samples = [];
    private long _step;
    private long _open;

    /// <summary>Rows that were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Their bytes, as <see cref="Tally"/> counts.</summary>
    public long Bytes { get; private set; }

    public void Add(in ShardRow row)
    {
        var bytes = Tally.BytesOf(row);
        Rows++;
        Bytes += bytes;
        _open += bytes;
        if (_open < _step)
        {
            return;
        }

        _samples.Add((row.Key.ToArray(), _open));
        _open = 0;
        if (_samples.Count > Most)
        {
            Thin();
        }
    }

    /// <summary>Keys at which to cut, so that each piece but the last has about <paramref name="share"/> of the bytes, and none is empty.</summary>
    /// <param name="share">More than 0; at 1 or above there is no cut.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> Cut(double share)
    {
        var cuts = new List<ReadOnlyMemory<byte>>();
        var (keys, before) = (ByKey(), 0L);
        for (var i = 0; i + 1 < keys.Count; i++)
        {
            before += keys[i].Bytes;
            var wanted = share * (cuts.Count + 1);
            if (wanted < AlmostAll && before + (keys[i + 1].Bytes / 2) >= wanted * Bytes)
            {
                cuts.Add(keys[i + 1].Key);
            }
        }

        return cuts;
    }

    private List<(ReadOnlyMemory<byte> Key, long Bytes)> ByKey()
    {
        var keys = new List<(ReadOnlyMemory<byte> Key, long Bytes)>(_samples.Count);
        foreach (var (key, bytes) in _samples.OrderBy(sample => sample.Key, ByBytes))
        {
            if (keys.Count > 0 && keys[^1].Key.Span.SequenceEqual(key.Span))
            {
                keys[^1] = (key, keys[^1].Bytes + bytes);
            }
            else
            {
                keys.Add((key, bytes));
            }
        }

        return keys;
    }

    /// <summary>Fewer samples of more bytes each; none reaches from one section into the next.</summary>
    private void Thin()
    {
        var thinned = new List<(ReadOnlyMemory<byte> Key, long Bytes)>(_samples.Count);
        _step = Bytes / (Most / 2);
        var open = 0L;
        for (var i = 0; i < _samples.Count; i++)
        {
            open += _samples[i].Bytes;
            var endsSection = i + 1 == _samples.Count || _samples[i + 1].Key.Span.SequenceCompareTo(_samples[i].Key.Span) < 0;
            if (open >= _step || endsSection)
            {
                thinned.Add((_samples[i].Key, open));
                open = 0;
            }
        }

        _samples = thinned;
    }
}
