using System.Collections.Immutable;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>
/// Knows what one bucket holds, in the order in which commits applied, and what it should be: each commit once, on the shard that the map
/// names, by its conditions, never after a definite refusal; shards that leave the map never take a commit again; children complete.
/// </summary>
internal sealed class IndexOracle(SimulatedWorld world, BucketId bucket, SuspectRows suspects, Action<string> fail) : ITableObserver
{
    private readonly Dictionary<string, KeyHistory> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<IndexCommit> _applied = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IndexCommit> _refused = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ShardId> _everNamed = [];
    private readonly HashSet<BlobId> _freed = [];

    /// <summary>Counts what applied.</summary>
    public long Now { get; private set; }

    public int AcknowledgedEpoch { get; set; } = 1;

    public bool IsDeleted { get; private set; }

    public IEnumerable<string> Keys => _keys.Keys;

    public KeyHistory Key(string key)
    {
        if (!_keys.TryGetValue(key, out var history))
        {
            _keys[key] = history = new KeyHistory();
        }

        return history;
    }

    public static IEnumerable<BlobId> BlobsOf(IEnumerable<IndexRow> rows) => rows
        .Where(row => row.Address.Section != IndexSection.Upload)
        .SelectMany(row => ObjectRecordCodec.Decode(row.Record).Parts.Select(part => part.Blob))
        .Distinct();

    public bool IsReferred(BlobId blob) => _keys.Values.Any(key => BlobsOf(key.Now.Values).Contains(blob));

    public bool IsApplied(IndexCommit commit) => _applied.Contains(commit);

    public void Refused(IndexCommit commit) => _refused.Add(commit);

    public bool IsFreed(BlobId blob) => _freed.Contains(blob);

    public void Freed(BlobId blob)
    {
        _freed.Add(blob);
        if (IsReferred(blob))
        {
            fail($"blob {blob} was freed, and a row refers to it");
        }
    }

    public void BatchApplied(BucketId of, ShardId shard, ShardBatch batch)
    {
        Now++;
        var map = world.Bucket(bucket).Map!;
        foreach (var commit in batch.Commits)
        {
            Check(_applied.Add(commit), "a commit applied twice");
            Check(!_refused.Contains(commit), "a commit applied after it was refused");
            Check(map.EntryOf(commit.Key.Span).Shard == shard, "a commit applied to a shard that the map does not name");
            Check(!IsDeleted, "a commit applied in a bucket that was deleted");
            Check(commit.Epoch >= AcknowledgedEpoch, "a commit applied under a configuration older than the acknowledged one");
            Apply(commit, shard);
        }
    }

    public void StaticsChanged(BucketId of, ShardId shard)
    {
        Now++;
        var map = world.Bucket(bucket).Map;
        if (world.Bucket(bucket).Shard(shard).State == ShardState.Active && map is not null)
        {
            Check(map.Find(shard) is not null, $"shard {shard} is ACTIVE, and the map does not name it");
            Check(map.State != BucketState.Deleted, "a shard of a deleted bucket is ACTIVE");
        }
    }

    public void MapChanged(BucketId of)
    {
        Now++;
        var map = world.Bucket(bucket).Map!;
        for (var place = 0; place < map.Entries.Count; place++)
        {
            CheckEntry(map.Entries[place], place + 1 < map.Entries.Count ? map.Entries[place + 1].Lo : (ReadOnlyMemory<byte>?)null);
        }

        foreach (var retired in _everNamed.Where(shard => map.Find(shard) is null))
        {
            Check(world.Bucket(bucket).Shard(retired).State != ShardState.Active, $"shard {retired} left the map ACTIVE");
        }

        if (map.State == BucketState.Deleted && !IsDeleted)
        {
            IsDeleted = true;
            Check(_keys.Values.All(key => key.Now.Keys.All(row => row.Section == IndexSection.Upload)), "a bucket was deleted that is not empty");
        }
    }

    private static string Text(RowKey key) => $"{key.Section} {key.Key} {key.Suffix}";

    private void CheckEntry(MapEntry entry, ReadOnlyMemory<byte>? end)
    {
        var statics = world.Bucket(bucket).Shard(entry.Shard).Statics;
        if (statics is null)
        {
            fail($"the map names shard {entry.Shard}, which does not exist");
            return;
        }

        Check(
            statics.Lo.Span.SequenceEqual(entry.Lo.Span)
            && statics.Hi.HasValue == end.HasValue
            && (end is not { } hi || statics.Hi!.Value.Span.SequenceEqual(hi.Span)),
            $"shard {entry.Shard} has another range than the map");
        if (!_everNamed.Add(entry.Shard))
        {
            return;
        }

        var rows = world.Bucket(bucket).Shard(entry.Shard).Rows.ToList();
        var expected = _keys
            .Where(key => statics.Holds(Convert.FromHexString(key.Key)))
            .SelectMany(key => key.Value.Now)
            .OrderBy(row => row.Key)
            .ToList();
        Check(
            rows.Select(row => (row.Key, row.Row.Ver)).SequenceEqual(expected.Select(row => (row.Key, row.Value.Ver))),
            $"shard {entry.Shard} has other rows than were committed: [{string.Join(", ", rows.Select(row => Text(row.Key)))}], "
            + $"not [{string.Join(", ", expected.Select(row => Text(row.Key)))}]");
    }

    private void Apply(IndexCommit commit, ShardId shard)
    {
        var history = Key(Convert.ToHexString(commit.Key.Span));
        var before = history.Now;
        foreach (var condition in commit.Conditions)
        {
            var ver = before.TryGetValue(RowKey.Of(commit.Key.Span, condition.Address), out var row) ? row.Ver : (Guid?)null;
            Check(ver == condition.Ver, "a commit applied though a condition of it did not hold");
        }

        var after = before.RemoveRange(commit.Deletes.Select(address => RowKey.Of(commit.Key.Span, address)));
        foreach (var write in commit.Writes)
        {
            after = after.SetItem(
                RowKey.Of(commit.Key.Span, write.Address), new IndexRow(write.Address, write.Ver, write.Record.ToArray(), write.Body.ToArray()));
        }

        history.Add(Now, after);
        CheckRows(commit, shard, after);
        var (was, now) = (BlobsOf(before.Values).ToHashSet(), BlobsOf(after.Values).ToHashSet());
        Check(!now.Overlaps(_freed), "a row refers to a blob that was freed");
        Check(was.Except(now).All(blob => suspects.Names(blob.Value)), "a blob is no longer referred to, and nobody suspects it");
    }

    private void CheckRows(IndexCommit commit, ShardId shard, ImmutableSortedDictionary<RowKey, IndexRow> after)
    {
        var key = Convert.ToHexString(commit.Key.Span);
        var stored = world.Bucket(bucket).Shard(shard).Rows.Where(row => row.Key.Key == key).Select(row => (row.Key, row.Row.Ver));
        Check(stored.SequenceEqual(after.Select(row => (row.Key, row.Value.Ver))), "the rows stored are not what was committed");
        var heads = after.Keys.Count(row => row.Section is IndexSection.Head or IndexSection.HiddenHead);
        var versions = after.Keys.Any(row => row.Section == IndexSection.Version);
        Check(heads <= 1, "a key has both a head and a hidden head");
        Check(heads == 1 || !versions, "a key has versions and no head");
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            fail(violation);
        }
    }
}
