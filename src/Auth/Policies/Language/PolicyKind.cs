namespace S3Cassandra.Auth.Policies.Language;

/// <summary>What a policy is attached to; each kind has its own rules and AWS's own words for what is wrong with it.</summary>
public enum PolicyKind
{
    /// <summary>To a user, group or role (managed or inline).</summary>
    Identity,

    /// <summary>To a bucket.</summary>
    Bucket,

    /// <summary>To a role: who may assume it.</summary>
    Trust,

    /// <summary>To a session: the most it may do.</summary>
    Session,

    /// <summary>To a user or role as its permissions boundary: the most it may do.</summary>
    Boundary,
}
