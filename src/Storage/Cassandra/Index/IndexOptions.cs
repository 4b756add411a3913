using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>How one server uses the index's tables.</summary>
internal sealed record IndexOptions
{
    /// <summary>This life of the server: never used by another.</summary>
    public required IncarnationId Server { get; init; }

    /// <summary>After this a caller is answered, whatever Cassandra does; what is not settled by then goes on in the background.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most commits of one batch.</summary>
    public int BatchCommits { get; init; } = 64;

    /// <summary>The most bytes of one batch (keys, records, bodies); a larger commit is a batch of its own. Paxos writes them three times.</summary>
    public int BatchBytes { get; init; } = 256 * 1024;

    /// <summary>The first pause at a frozen shard; each further one doubles, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two tries to settle a batch.</summary>
    public TimeSpan LongestSettlementPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an end waits for batches under way and settlements.</summary>
    public TimeSpan ShutdownPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Entries of shard maps kept, some 200 B each.</summary>
    public int MapEntriesKept { get; init; } = 300_000;

    /// <summary>Shards whose fence is remembered, some 500 B each.</summary>
    public int QueuesKept { get; init; } = 20_000;

    /// <summary>The most rows of one slice; a scan that wants more reads several.</summary>
    public int SliceRows { get; init; } = 2_000;

    /// <summary>Commits per second of this server that one shard takes before it is suggested to be split.</summary>
    public double SplitRate { get; init; } = 1_500;

    /// <summary>How often a shard is suggested to be replaced.</summary>
    public TimeSpan SuggestionInterval { get; init; } = TimeSpan.FromSeconds(5);
}
