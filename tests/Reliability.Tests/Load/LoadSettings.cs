namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>What a load does.</summary>
/// <param name="Bucket">In which bucket; it exists.</param>
/// <param name="Prefix">Below which prefix; nothing is there yet.</param>
internal sealed record LoadSettings(string Bucket, string Prefix)
{
    public int Clients { get; init; } = 6;

    /// <summary>How many keys are worked on at a time.</summary>
    public int Keys { get; init; } = 6;

    /// <summary>Operations on a key before the next keys' turn; below what the checker takes, with the reads at the end.</summary>
    public int OperationsPerKey { get; init; } = 120;

    /// <summary>All operations together: the load ends by itself.</summary>
    public int Operations { get; init; } = int.MaxValue;

    public int Seed { get; init; }

    /// <summary>How long a client waits after a request that brought no answer, or a 5xx, and then goes on; null: it ends when its server is gone.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>A large body has up to this many bytes.</summary>
    public int LargeSize { get; init; } = 3 << 20;
}
