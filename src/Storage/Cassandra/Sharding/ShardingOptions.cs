namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Limits of shards and times of their replacement. Why these: docs/decisions/0009-shards-copied-ahead.md.</summary>
internal sealed record ShardingOptions
{
    /// <summary>A shard of more rows than this is split.</summary>
    public long SplitRows { get; init; } = 30_000;

    /// <summary>A shard of more bytes (keys, records, bodies) than this is split.</summary>
    public long SplitBytes { get; init; } = 32 << 20;

    /// <summary>A shard of fewer rows is not split for its rate.</summary>
    public long RateRows { get; init; } = 8_000;

    /// <summary>Neighbours that have fewer rows together, and fewer than a quarter of <see cref="SplitBytes"/>, are merged.</summary>
    public long MergeRows { get; init; } = 4_000;

    /// <summary>A shard with more deletes since it was copied is rewritten: a read over 100,000 tombstones fails.</summary>
    public long RewriteDeletes { get; init; } = 20_000;

    /// <summary>A shard with more entries than this in <c>done</c> is rewritten.</summary>
    public int RewriteFences { get; init; } = 256;

    /// <summary>How long a claim lasts that is not renewed: how long writers wait at a shard whose replacer died.</summary>
    public TimeSpan Claim { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the claim of a bucket's deletion lasts that is not renewed.</summary>
    public TimeSpan DeletionClaim { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a deletion waits for another one of the same bucket, and how long it tries.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The pause before a conditional write of unknown outcome is followed by another.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a step is tried whose outcome stays unknown.</summary>
    public int Attempts { get; init; } = 30;

    /// <summary>Rows copied in one write.</summary>
    public int CopyRows { get; init; } = 200;

    /// <summary>Bytes copied in one write, and read in one slice, about.</summary>
    public int CopyBytes { get; init; } = 512 << 10;

    /// <summary>Writes of a copy under way at once.</summary>
    public int CopiesAtOnce { get; init; } = 4;

    /// <summary>Shards of fewer rows are copied while they are frozen, at once.</summary>
    public long CopyAheadRows { get; init; } = 200;

    /// <summary>So are those of more, whose copy could not be remembered in memory.</summary>
    public long MostCopiedAhead { get; init; } = 65_536;

    /// <summary>Passes of a copy before the shard is frozen: one copies, each further one what was written during the one before.</summary>
    public int PassesAhead { get; init; } = 2;

    /// <summary>The most rows of a slice.</summary>
    public int SliceRows { get; init; } = 1_000;

    /// <summary>Replacements that one server does at once.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>The pause between two passes over all shards.</summary>
    public TimeSpan PassInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause after each bucket of a pass.</summary>
    public TimeSpan PassPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A shard that was looked at in vain is not looked at again before this.</summary>
    public TimeSpan UnneededPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Suggestions kept at once.</summary>
    public int QueueLength { get; init; } = 1_024;

    /// <summary>A shard that was replaced, or given up, is deleted after this: readers with an old map are through by then.</summary>
    public TimeSpan ShardGrace { get; init; } = TimeSpan.FromMinutes(10);
}
