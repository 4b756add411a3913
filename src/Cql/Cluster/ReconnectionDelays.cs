namespace S3Cassandra.Cql.Cluster;

/// <summary>How long to wait before the next attempt: doubling from 50 ms to 10 s, times 0.85 to 1.15 so that clients do not come all at once.</summary>
internal sealed class ReconnectionDelays(Random random)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // 50 ms × 2^8 is more than 10 s.
    private const int MostDoublings = 8;
    private const double LeastFactor = 0.85;
    private const double Spread = 0.3;

    /// <param name="failures">Attempts that failed one after the other; 0 after a connection that worked.</param>
    public TimeSpan After(int failures)
    {
        var delay = Shortest * (1 << Math.Clamp(failures, 0, MostDoublings));
        return (delay < Longest ? delay : Longest) * (LeastFactor + (random.NextDouble() * Spread));
    }
}
