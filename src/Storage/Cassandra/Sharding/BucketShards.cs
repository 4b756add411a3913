using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What a deletion asks of a bucket's shards, and does to them.</summary>
internal sealed class BucketShards(IIndexTables tables, ISuspectTable suspects, ShardingOptions options, TimeProvider time)
{
    private static readonly IndexSection[] Objects = [IndexSection.Head, IndexSection.HiddenHead, IndexSection.Version];

    private readonly ShardWalk _walk = new(tables, options);
    private readonly ShardFreezer _freezer = new(tables, options, time);

    /// <summary>
    /// Whether an object was seen in any shard. While writers go on, false says nothing; true holds at once, where
    /// <paramref name="frozen"/> is false only of shards that are in use.
    /// </summary>
    public async ValueTask<bool> HaveObjectsAsync(
        BucketId bucket, ShardMap map, bool frozen, Func<ValueTask<bool>> goOn, CancellationToken cancellationToken)
    {
        // In most buckets that are not empty the first shard is not.
        var some = await HasObjectsAsync(bucket, map, 0, frozen, cancellationToken);
        return some || !await Abreast.AllAsync(
            [.. Enumerable.Range(1, map.Entries.Count - 1)],
            async place => !await goOn() || !await HasObjectsAsync(bucket, map, place, frozen, cancellationToken));
    }

    /// <summary>Freezes every shard under an attempt that has claimed them all.</summary>
    public async ValueTask<FreezeOutcome> FreezeAsync(BucketId bucket, ShardMap map, AttemptId attempt, CancellationToken cancellationToken)
    {
        var failure = FreezeOutcome.Frozen;
        await Abreast.AllAsync(map.Entries, async entry =>
        {
            var outcome = await _freezer.FreezeAsync(
                bucket,
                entry.Shard,
                attempt,
                current => current.IsDeletedBy(attempt) && current.Find(entry.Shard)?.Attempt == attempt,
                cancellationToken);
            failure = outcome == FreezeOutcome.Frozen ? failure : outcome;
            return outcome == FreezeOutcome.Frozen;
        });
        return failure;
    }

    /// <summary>Names what a deletion makes garbage of: uploads, which end, and the shards. Before it is decided.</summary>
    public async ValueTask NameAsync(
        BucketId bucket, ShardMap map, AttemptId attempt, Func<ValueTask<bool>> goOn, CancellationToken cancellationToken)
    {
        foreach (var entries in map.Entries.Chunk(options.CopyRows))
        {
            await suspects.NameAsync([.. entries.Select(entry => Suspicion.OfShard(bucket, entry.Shard, attempt))], cancellationToken);
        }

        await Abreast.AllAsync([.. Enumerable.Range(0, map.Entries.Count)], async place =>
        {
            await NameUploadsAsync(bucket, map, place, cancellationToken);
            return await goOn();
        });
    }

    /// <summary>Thaws every shard that an attempt has frozen which is not on its entry any more.</summary>
    public async ValueTask ThawAsync(BucketId bucket, ShardMap map, CancellationToken cancellationToken)
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<ShardId, AttemptId>();
        await Abreast.AllAsync(map.Entries, async entry =>
        {
            if (await tables.ReadStaticsAsync(bucket, entry.Shard, cancellationToken) is { State: ShardState.Frozen, Attempt: { } attempt })
            {
                seen[entry.Shard] = attempt;
            }

            return true;
        });

        // This read begins after every one of those attempts was seen.
        if (seen.IsEmpty || await tables.ReadMapAsync(bucket, cancellationToken) is not { State: BucketState.Live } current)
        {
            return;
        }

        MapEntry[] thawed = [.. current.Entries.Where(entry => seen.TryGetValue(entry.Shard, out var attempt) && entry.Attempt != attempt)];
        await Abreast.AllAsync(thawed, async entry =>
        {
            await tables.ChangeStaticsAsync(bucket, entry.Shard, ShardSteps.Thaw(seen[entry.Shard]), cancellationToken);
            return true;
        });
    }

    private async ValueTask<bool> HasObjectsAsync(
        BucketId bucket, ShardMap map, int place, bool frozen, CancellationToken cancellationToken)
    {
        var (shard, range) = (map.Entries[place].Shard, RangeOf(map, place));
        foreach (var section in Objects)
        {
            await foreach (var slice in _walk.ReadAsync(bucket, shard, section, range, withBody: false, cancellationToken))
            {
                using (slice)
                {
                    if (slice.Rows.Count > 0 && (frozen || slice.Statics is { State: ShardState.Active or ShardState.Born }))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private async ValueTask NameUploadsAsync(BucketId bucket, ShardMap map, int place, CancellationToken cancellationToken)
    {
        var (shard, range) = (map.Entries[place].Shard, RangeOf(map, place));
        await foreach (var slice in _walk.ReadAsync(bucket, shard, IndexSection.Upload, range, withBody: false, cancellationToken))
        {
            using (slice)
            {
                Suspicion[] ended = [.. slice.Rows.Select(row => EndedOf(bucket, row))];
                if (ended.Length > 0)
                {
                    await suspects.NameAsync(ended, cancellationToken);
                }
            }
        }
    }

    private static KeyRange RangeOf(ShardMap map, int place) =>
        new(map.Entries[place].Lo, place + 1 < map.Entries.Count ? map.Entries[place + 1].Lo : (ReadOnlyMemory<byte>?)null);

    private static Suspicion EndedOf(BucketId bucket, in ShardRow row) =>
        Suspicion.Ended(bucket, ObjectKey.FromStored(row.Key.Span), UploadId.FromBytes(row.Row.Address.Suffix.Span));
}
