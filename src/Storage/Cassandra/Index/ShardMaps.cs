using System.Collections.Concurrent;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>
/// Maps of buckets as they once were: hints. Whoever meets anything but an active shard where one says reads the map afresh, and notes it here.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="entriesKept">Entries of maps kept, about.</param>
internal sealed class ShardMaps(IIndexTables tables, int entriesKept)
{
    private readonly ConcurrentDictionary<BucketId, ShardMap> _maps = new();
    private int _entries;

    /// <summary>The map as it was at some time, or, where none is known, as it is now; null: there is no such bucket.</summary>
    public ValueTask<ShardMap?> HintAsync(BucketId bucket, CancellationToken cancellationToken) =>
        _maps.TryGetValue(bucket, out var map) ? ValueTask.FromResult<ShardMap?>(map) : ReadAsync(bucket, cancellationToken);

    /// <summary>The map as it is now; null: there is no such bucket, or it is deleted.</summary>
    public async ValueTask<ShardMap?> ReadAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        var map = await tables.ReadMapAsync(bucket, cancellationToken);
        Note(bucket, map);
        return map is { State: BucketState.Deleted } ? null : map;
    }

    /// <summary>Takes note of a map that was read; null: of its absence.</summary>
    public void Note(BucketId bucket, ShardMap? map)
    {
        if (map is null or { State: BucketState.Deleted } or { Entries: [] })
        {
            Forget(bucket);
            return;
        }

        Forget(bucket);
        if (_maps.TryAdd(bucket, map) && Interlocked.Add(ref _entries, map.Entries.Count) > entriesKept)
        {
            Shrink(bucket);
        }
    }

    private void Forget(BucketId bucket)
    {
        if (_maps.TryRemove(bucket, out var old))
        {
            Interlocked.Add(ref _entries, -old.Entries.Count);
        }
    }

    /// <summary>Forgets others, whichever come first, until an eighth is free.</summary>
    private void Shrink(BucketId but)
    {
        foreach (var (bucket, _) in _maps)
        {
            if (Volatile.Read(ref _entries) <= entriesKept - (entriesKept / 8))
            {
                return;
            }

            if (bucket != but)
            {
                Forget(bucket);
            }
        }
    }
}
