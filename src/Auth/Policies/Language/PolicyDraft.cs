namespace S3Cassandra.Auth.Policies.Language;

/// <summary>A policy as it was read: nothing of it is compiled, since the version, which says whether there are variables, may come last.</summary>
internal sealed class PolicyDraft
{
    public string? Version { get; set; }

    public string? Id { get; set; }

    public List<StatementDraft>? Statements { get; set; }
}
