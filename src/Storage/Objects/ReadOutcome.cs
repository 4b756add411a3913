namespace S3Cassandra.Storage.Objects;

/// <summary>What the conditions of a read say.</summary>
public enum ReadOutcome
{
    Proceed,

    /// <summary>304.</summary>
    NotModified,

    /// <summary>412.</summary>
    PreconditionFailed,
}
