namespace S3Cassandra.Cql.Sessions;

/// <summary>How a conditional statement ended.</summary>
public enum Outcome
{
    /// <summary>Nobody knows, and nothing but time or a settlement of the caller's own tells: it may be applied, or yet to be.</summary>
    Unknown,

    Applied,

    /// <summary>The condition did not hold; the rows say what was there instead.</summary>
    NotApplied,
}
