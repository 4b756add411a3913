namespace S3Cassandra.Cql.Statements;

/// <summary>Which connections a statement takes: a large answer on the same stream of bytes would hold up every small one behind it.</summary>
public enum Traffic
{
    /// <summary>Small and quick. A request of more than 32 KiB goes with the blobs all the same.</summary>
    Metadata,

    /// <summary>Large values asked for or sent.</summary>
    Blob,
}
