namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>Why a request is allowed or not.</summary>
public enum PolicyReason
{
    /// <summary>Nothing allows it.</summary>
    ImplicitDeny,

    /// <summary>A statement denies it.</summary>
    ExplicitDeny,

    /// <summary>It is allowed.</summary>
    Allowed,
}
