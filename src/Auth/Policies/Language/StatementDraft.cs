namespace S3Cassandra.Auth.Policies.Language;

/// <summary>A statement as it was read.</summary>
internal sealed class StatementDraft
{
    public string? Sid { get; set; }

    public string? Effect { get; set; }

    /// <summary>Principal or NotPrincipal: type and value of each; <c>"*"</c> by itself counts as AWS.</summary>
    public List<(string Type, string Value)>? Principals { get; set; }

    public bool IsNotPrincipal { get; set; }

    /// <summary>Whether they stand in an array by themselves, which S3 reads as AWS principals and IAM's grammar does not have.</summary>
    public bool PrincipalsAreArray { get; set; }

    public List<string>? Actions { get; set; }

    public bool IsNotAction { get; set; }

    public List<string>? Resources { get; set; }

    public bool IsNotResource { get; set; }

    public List<(string Operator, string Key, List<string> Values)> Conditions { get; } = [];
}
