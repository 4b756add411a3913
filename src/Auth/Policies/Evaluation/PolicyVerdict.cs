namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>What one policy, or several of a kind, say to a request.</summary>
internal enum PolicyVerdict
{
    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>It is allowed to the asker's account, which may give it on.</summary>
    AllowAccount,

    /// <summary>It is allowed.</summary>
    Allow,

    /// <summary>It is denied.</summary>
    Deny,
}
