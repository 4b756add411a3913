namespace S3Cassandra.Auth.Policies;

/// <summary>Whether a permission is given.</summary>
public enum AuthorizationDecision
{
    /// <summary>It is not: AccessDenied.</summary>
    Deny,

    /// <summary>It is.</summary>
    Allow,
}
