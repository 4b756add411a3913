namespace S3Cassandra.Cql;

/// <summary>
/// A write that must not be sent twice ended without a definite answer: it may have been applied, may not have been, and may still be
/// applied minutes later. A serial read does not settle it: a statement still on its way is invisible to it.
/// </summary>
public sealed class CqlUnknownOutcomeException(string message, CqlException cause) : CqlException(message, cause)
{
    /// <summary>What happened to the request: a server's error, a timeout or a lost connection.</summary>
    public CqlException Cause { get; } = cause;
}
