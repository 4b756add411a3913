using System.Collections.Concurrent;

namespace S3Cassandra.Storage.Buckets;

/// <summary>
/// Buckets that were seen to exist, for at most two seconds. Reads take no lock. What this process changes is dropped at once: an entry
/// read before a change and stored after it is refused by the generation.
/// </summary>
internal sealed class BucketCache(TimeProvider time)
{
    /// <summary>What only decides access may be this old (design, section 5).</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, (BucketRecord Bucket, long Read)> _entries = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>To be asked before the read whose result is offered to <see cref="Add"/>.</summary>
    public (long Generation, long Timestamp) Begin() => (Volatile.Read(ref _generation), time.GetTimestamp());

    public BucketRecord? Find(string name) =>
        _entries.TryGetValue(name, out var entry) && time.GetElapsedTime(entry.Read) < MaxAge ? entry.Bucket : null;

    public void Add(BucketRecord bucket, (long Generation, long Timestamp) begun)
    {
        lock (_gate)
        {
            if (begun.Generation != _generation)
            {
                return;
            }

            if (_entries.Count >= Capacity)
            {
                _entries.Clear();
            }

            _entries[bucket.Name] = (bucket, begun.Timestamp);
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            _generation++;
            _entries.TryRemove(name, out _);
        }
    }
}
