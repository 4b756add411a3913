namespace S3Cassandra.Support.Faults;

/// <summary>When a connection of the client ends.</summary>
public enum CutPoint
{
    /// <summary>It does not.</summary>
    None,
    BeforeRequest,
    AfterRequest,
    InsteadOfAnswer,

    /// <summary>Before the request, and only the direction to the client.</summary>
    HalfClose,
}
