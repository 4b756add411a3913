using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>The tables themselves, which all servers share: applies writes atomically, as Cassandra does, or without one of the guards.</summary>
internal sealed class SimulatedWorld(Guard? without = null)
{
    private const int ClockAhead = 50;

    private long _timestamp = 1000;

    public Dictionary<BucketId, SimulatedBucket> Buckets { get; } = [];

    public ITableObserver? Observer { get; set; }

    public bool Lacks(Guard guard) => without == guard;

    public SimulatedBucket Bucket(BucketId bucket)
    {
        if (!Buckets.TryGetValue(bucket, out var found))
        {
            Buckets[bucket] = found = new SimulatedBucket();
        }

        return found;
    }

    public ShardResult Commit(BucketId bucket, ShardId shard, ShardBatch batch)
    {
        var partition = Bucket(bucket).Shard(shard);
        if (partition.Statics is not { } statics)
        {
            return new ShardResult(TableOutcome.NotApplied);
        }

        var done = statics.Done.TryGetValue(batch.Server, out var number) ? number : (long?)null;
        var fenced = (statics.State != ShardState.Active && !Lacks(Guard.State))
            || (statics.Epoch != batch.Epoch && !Lacks(Guard.Epoch))
            || (done != batch.Previous && !Lacks(Guard.Done))
            || (statics.MinUpload > batch.Started && !Lacks(Guard.MinUpload));
        if (fenced || !batch.Commits.All(commit => Holds(partition, commit)))
        {
            return new ShardResult(TableOutcome.NotApplied, statics, Conditioned(partition, batch));
        }

        var timestamp = ++_timestamp;
        partition.SetDone(batch.Server, batch.Number, timestamp);
        partition.SetTally(batch.Server, batch.Tally, timestamp);
        foreach (var commit in batch.Commits)
        {
            foreach (var delete in commit.Deletes)
            {
                partition.SetRow(RowKey.Of(commit.Key.Span, delete), null, timestamp);
            }

            foreach (var write in commit.Writes)
            {
                var row = new IndexRow(write.Address, write.Ver, write.Record, write.Body);
                partition.SetRow(RowKey.Of(commit.Key.Span, write.Address), row, timestamp);
            }
        }

        Observer?.BatchApplied(bucket, shard, batch);
        return ShardResult.Applied;
    }

    public ShardResult Change(BucketId bucket, ShardId shard, StaticsChange change)
    {
        var partition = Bucket(bucket).Shard(shard);
        if (partition.Statics is not { } statics || !Holds(statics, change))
        {
            return new ShardResult(TableOutcome.NotApplied, partition.Statics, []);
        }

        var timestamp = ++_timestamp;
        Set("state", change.State);
        Set("attempt", change.Attempt);
        Set("epoch", change.Epoch);
        Set("min_upload", change.MinUpload);
        if (change.Done is { } done && !Lacks(Guard.Poison))
        {
            partition.SetDone(done.Server, done.Number, timestamp);
        }

        Observer?.StaticsChanged(bucket, shard);
        return ShardResult.Applied;

        void Set(string name, object? value)
        {
            if (value is not null)
            {
                partition.Set(name, value, timestamp);
            }
        }
    }

    /// <param name="bucket">The bucket.</param>
    /// <param name="shard">The fresh shard.</param>
    /// <param name="statics">Its statics, where they come with these rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="timestamp">1; what a server's clock said, where copies have no timestamp of their own.</param>
    public void Copy(BucketId bucket, ShardId shard, ShardStatics? statics, IReadOnlyList<ShardRow> rows, long timestamp)
    {
        var partition = Bucket(bucket).Shard(shard);
        if (statics is not null)
        {
            partition.Set("lo", statics.Lo.ToArray(), timestamp);
            partition.Set("hi", statics.Hi?.ToArray(), timestamp);
            partition.Set("state", statics.State, timestamp);
            partition.Set("attempt", statics.Attempt, timestamp);
            partition.Set("epoch", statics.Epoch, timestamp);
            partition.Set("min_upload", statics.MinUpload, timestamp);
            foreach (var (server, tally) in statics.Tallies)
            {
                partition.SetTally(server, tally, timestamp);
            }
        }

        foreach (var row in rows)
        {
            partition.SetRow(RowKey.Of(row.Key.Span, row.Row.Address), row.Row, timestamp);
        }

        Observer?.StaticsChanged(bucket, shard);
    }

    public void Correct(BucketId bucket, ShardId shard, IReadOnlyList<ShardRow> rows, IReadOnlyList<CopiedRow> gone, long timestamp)
    {
        Copy(bucket, shard, null, rows, timestamp);
        var partition = Bucket(bucket).Shard(shard);
        foreach (var row in gone)
        {
            partition.SetRow(RowKey.Of(row.Key, row.Address), null, timestamp);
        }
    }

    /// <summary>1; without that guard what a clock says that is somewhat ahead.</summary>
    public long CopyTimestamp() => Lacks(Guard.CopyTimestamp) ? _timestamp + ClockAhead : 1;

    public void DeleteShard(BucketId bucket, ShardId shard) => Bucket(bucket).Shard(shard).Delete(++_timestamp);

    public TableOutcome Change(BucketId bucket, MapChange change)
    {
        var found = Bucket(bucket);
        if (found.Map is not { } map)
        {
            if (!change.IfAbsent)
            {
                return TableOutcome.NotApplied;
            }

            map = new ShardMap([], 0, 0, BucketState.Live, null, null);
        }
        else if (change.IfAbsent || !Holds(map, change))
        {
            return TableOutcome.NotApplied;
        }

        var entries = map.Entries
            .Where(entry => !change.Remove.Any(lo => Same(lo, entry.Lo)) && !change.Put.Any(put => Same(put.Lo, entry.Lo)))
            .Concat(change.Put)
            .OrderBy(entry => Convert.ToHexString(entry.Lo.Span), StringComparer.Ordinal)
            .ToList();
        found.OldMap = found.Map;
        found.Map = map with
        {
            Entries = entries,
            Epoch = change.Epoch ?? map.Epoch,
            EpochDone = change.EpochDone ?? map.EpochDone,
            State = change.State ?? map.State,
            Deleter = change.Deleter?.Attempt ?? map.Deleter,
            DeleterUntil = change.Deleter?.Until ?? map.DeleterUntil,
        };
        Observer?.MapChanged(bucket);
        return TableOutcome.Applied;
    }

    public TableOutcome AddConfiguration(BucketId bucket, int epoch, byte[] record) =>
        Bucket(bucket).Configurations.TryAdd(epoch, record) ? TableOutcome.Applied : TableOutcome.NotApplied;

    private static bool Same(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceEqual(right.Span);

    private static List<ShardRow> Conditioned(SimulatedPartition partition, ShardBatch batch)
    {
        var rows = new List<ShardRow>();
        foreach (var commit in batch.Commits)
        {
            foreach (var condition in commit.Conditions)
            {
                if (partition.Row(RowKey.Of(commit.Key.Span, condition.Address)) is { } row)
                {
                    rows.Add(new ShardRow(commit.Key.Memory, row with { Record = default, Body = default }));
                }
            }
        }

        return rows;
    }

    private bool Holds(SimulatedPartition partition, IndexCommit commit) =>
        Lacks(Guard.HeadLock)
        || commit.Conditions.All(condition => partition.Row(RowKey.Of(commit.Key.Span, condition.Address))?.Ver == condition.Ver);

    private bool Holds(ShardStatics statics, StaticsChange change)
    {
        var activates = change is { State: ShardState.Active, IfAttempt: null } && change.IfState is [ShardState.Born];
        var unfreezes = change is { State: ShardState.Active, IfAttempt: not null };
        return (change.IfState.Contains(statics.State) || (activates && Lacks(Guard.Born)))
            && (change.IfAttempt is not { } attempt || statics.Attempt == attempt || (unfreezes && Lacks(Guard.UnfreezeAttempt)))
            && (change.IfEpoch is not { } epoch || statics.Epoch == epoch)
            && (change.IfMinUploadBelow is not { } below || statics.MinUpload < below)
            && (change.IfDone is not { } done
                || (statics.Done.TryGetValue(done.Server, out var number) ? number : (long?)null) == done.Number);
    }

    private bool Holds(ShardMap map, MapChange change)
    {
        var decides = change.Put.Any(entry => entry.Attempt is null && map.Find(entry.Shard) is null);
        return (change.IfState is not { } state || map.State == state)
            && (change.IfEpoch is not { } epoch || map.Epoch == epoch || (decides && Lacks(Guard.DecisionEpoch)))
            && (change.IfEpochDone is not { } epochDone || map.EpochDone == epochDone)
            && (change.IfDeleter is not { } deleter || map.Deleter == deleter)
            && change.IfEntries.All(asked => map.Entries.Any(entry =>
                Same(entry.Lo, asked.Lo) && entry.Shard == asked.Shard
                && (!asked.AskAttempt || entry.Attempt == asked.Attempt || (decides && Lacks(Guard.DecisionAttempt)))));
    }
}
