using S3Cassandra.Cql;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>What the client throws, as the seams say it.</summary>
internal static class StoreFailure
{
    /// <summary>
    /// For every statement of a request: with the client's own margin a request that meets one failure ends within 5 s, whatever Cassandra's
    /// timeouts are.
    /// </summary>
    public static TimeSpan StatementTimeout { get; } = TimeSpan.FromSeconds(4);

    public static StoreUnavailableException Of(CqlException exception, string what) =>
        new($"Cassandra did not {what}: {exception.Message}", exception);
}
