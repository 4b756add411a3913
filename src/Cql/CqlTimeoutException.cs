namespace S3Cassandra.Cql;

/// <summary>No answer came within the request's own time. Says nothing of Cassandra's own timeouts: those are <see cref="CqlServerException"/>.</summary>
public sealed class CqlTimeoutException(string message) : CqlException(message)
{
    /// <summary>False: no byte of the request left, it certainly was not executed. True: it may have been, or may still be.</summary>
    public bool MayHaveBeenSent { get; init; }

    /// <summary>The time that was allowed.</summary>
    public TimeSpan Timeout { get; init; }
}
