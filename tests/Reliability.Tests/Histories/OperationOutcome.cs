namespace S3Cassandra.Reliability.Tests.Histories;

/// <summary>How an operation ended, as far as the client can tell.</summary>
internal enum OperationOutcome
{
    /// <summary>2xx, or for a read 404: it took effect once between its start and its end.</summary>
    Ok,

    /// <summary>A condition did not hold (412, or 404 for If-Match on nothing): it has no effect, and says what was there.</summary>
    Refused,

    /// <summary>5xx or a cut connection: it may take effect any time after its start, or never.</summary>
    Unknown,
}
