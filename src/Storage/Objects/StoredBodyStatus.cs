namespace S3Cassandra.Storage.Objects;

/// <summary>What became of a body's bytes.</summary>
public enum StoredBodyStatus
{
    Stored,

    /// <summary>The body did not match what the request promised; the body knows why.</summary>
    Refused,

    /// <summary>More than 5 GiB.</summary>
    TooLarge,
}
