namespace S3Cassandra.Cql;

/// <summary>A connection could not be made, or ended while a request was under way.</summary>
public sealed class CqlConnectionException(string message, Exception? inner = null) : CqlException(message, inner)
{
    /// <summary>
    /// Whether bytes of the request may have reached the node. False: it certainly was not executed and may be sent elsewhere.
    /// True: it may have been executed, or may still be.
    /// </summary>
    public bool MayHaveBeenSent { get; init; }
}
