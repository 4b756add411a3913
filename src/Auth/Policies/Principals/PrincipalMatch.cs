namespace S3Cassandra.Auth.Policies.Principals;

/// <summary>How a policy's principals mean somebody.</summary>
public enum PrincipalMatch
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Through its account: what is allowed so is the account's to give on, by its identity policies.</summary>
    Account,

    /// <summary>By name, or as everyone.</summary>
    Direct,
}
