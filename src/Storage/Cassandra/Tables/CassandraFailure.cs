using S3Cassandra.Cql;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>How failures of the client are told above the seams.</summary>
internal static class CassandraFailure
{
    /// <summary>Cassandra did not do it, or did not say so in time.</summary>
    public static StoreUnavailableException Unavailable(CqlException cause) => new($"Cassandra: {cause.Message}", cause);
}
