using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>A shard as Cassandra keeps it: the latest timestamp wins, cell by cell, and a deletion covers what is not later.</summary>
internal sealed class SimulatedPartition
{
    private readonly Dictionary<string, (long Timestamp, object? Value)> _statics = new(StringComparer.Ordinal);
    private readonly Dictionary<IncarnationId, (long Timestamp, long Value)> _done = [];
    private readonly Dictionary<IncarnationId, (long Timestamp, Tally Value)> _tallies = [];
    private readonly SortedDictionary<RowKey, (long Timestamp, IndexRow? Value)> _rows = [];
    private long _deleted;

    public ShardState? State => Get<ShardState>("state");

    /// <summary>The rows that exist, in order.</summary>
    public IEnumerable<(RowKey Key, IndexRow Row)> Rows =>
        _rows.Where(row => row.Value.Value is not null).Select(row => (row.Key, row.Value.Value!));

    public ShardStatics? Statics => State is not { } state
        ? null
        : new ShardStatics(
            (byte[]?)Value("lo"),
            Value("hi") is byte[] hi ? hi : (ReadOnlyMemory<byte>?)null,
            state,
            Get<AttemptId>("attempt"),
            Get<int>("epoch") ?? 0,
            Get<long>("min_upload") ?? 0,
            _done.ToDictionary(entry => entry.Key, entry => entry.Value.Value),
            _tallies.ToDictionary(entry => entry.Key, entry => entry.Value.Value));

    public IndexRow? Row(RowKey key) => _rows.TryGetValue(key, out var row) ? row.Value : null;

    public void Set(string name, object? value, long timestamp)
    {
        if (timestamp > _deleted && (!_statics.TryGetValue(name, out var old) || timestamp >= old.Timestamp))
        {
            _statics[name] = (timestamp, value);
        }
    }

    public void SetDone(IncarnationId server, long number, long timestamp)
    {
        if (timestamp > _deleted)
        {
            _done[server] = (timestamp, number);
        }
    }

    public void SetTally(IncarnationId server, Tally tally, long timestamp)
    {
        if (timestamp > _deleted && (!_tallies.TryGetValue(server, out var old) || timestamp >= old.Timestamp))
        {
            _tallies[server] = (timestamp, tally);
        }
    }

    public void SetRow(RowKey key, IndexRow? row, long timestamp)
    {
        if (timestamp > _deleted && (!_rows.TryGetValue(key, out var old) || timestamp >= old.Timestamp))
        {
            _rows[key] = (timestamp, row);
        }
    }

    public void Delete(long timestamp)
    {
        _deleted = Math.Max(_deleted, timestamp);
        Drop(_statics, cell => cell.Timestamp);
        Drop(_done, cell => cell.Timestamp);
        Drop(_tallies, cell => cell.Timestamp);
        Drop(_rows, cell => cell.Timestamp);
    }

    private object? Value(string name) => _statics.TryGetValue(name, out var cell) ? cell.Value : null;

    private T? Get<T>(string name)
        where T : struct => Value(name) is T value ? value : null;

    private void Drop<TKey, TCell>(IDictionary<TKey, TCell> cells, Func<TCell, long> timestamp)
    {
        foreach (var key in cells.Where(cell => timestamp(cell.Value) <= _deleted).Select(cell => cell.Key).ToList())
        {
            cells.Remove(key);
        }
    }
}
