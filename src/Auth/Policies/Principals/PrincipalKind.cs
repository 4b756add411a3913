namespace S3Cassandra.Auth.Policies.Principals;

/// <summary>What a principal of a policy names.</summary>
public enum PrincipalKind
{
    /// <summary><c>*</c>: everyone, also without a credential.</summary>
    Everyone,

    /// <summary>An account by its 12 digits or its root's ARN.</summary>
    Account,

    /// <summary>An account by its canonical id.</summary>
    CanonicalUser,

    /// <summary>A user, a role, a role's session, a federated user: by its ARN.</summary>
    Arn,

    /// <summary>An AWS service. No request here comes from one.</summary>
    Service,

    /// <summary>An identity provider, in trust policies.</summary>
    Federated,
}
