namespace S3Cassandra.Auth.Policies.Language;

/// <summary>A statement as it was read.</summary>
internal sealed class StatementDraft
{
    public string? Sid { get; set; }

    public string? Effect { get; set; }

    /// <summary>Principal or NotPrincipal: type and value of each; <c>"*"</c> by itself counts as AWS.</summary>
    public List<(string Type, string Value)>? Principals { get; set; }

    public bool IsNotPrincipal { get; set; }

    /// <summary>
    /// What IAM finds wrong with principals that stand by themselves, as a string or in an array; in a bucket's policy they count as AWS
    /// principals.
    /// </summary>
    public MalformedPolicyException? BarePrincipals { get; set; }

    public List<string>? Actions { get; set; }

    public bool IsNotAction { get; set; }

    public List<string>? Resources { get; set; }

    public bool IsNotResource { get; set; }

    public List<(string Operator, string Key, List<string> Values)> Conditions { get; } = [];
}
