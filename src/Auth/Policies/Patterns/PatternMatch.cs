namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>What came of comparing a text with what a policy says.</summary>
public enum PatternMatch
{
    No,

    Yes,

    /// <summary>The policy names a variable that the request has no single value for: it matches nothing, and must widen nothing.</summary>
    Unresolved,
}
