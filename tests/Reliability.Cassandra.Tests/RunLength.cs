using System.Globalization;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>How long these tests are: a few seconds per fault, or what S3CASSANDRA_CLUSTER_SECONDS says.</summary>
internal static class RunLength
{
    private const int ShortSeconds = 5;

    /// <summary>Of each test under faults; null: the short run.</summary>
    private static readonly int? Long = Number("S3CASSANDRA_CLUSTER_SECONDS");

    public static bool IsLong => Long is not null;

    public static TimeSpan Load => TimeSpan.FromSeconds(Long ?? ShortSeconds);

    /// <summary>The choices of clients; S3CASSANDRA_CLUSTER_SEED repeats them.</summary>
    public static int Seed { get; } = Number("S3CASSANDRA_CLUSTER_SEED") ?? Environment.ProcessId;

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
