namespace S3Cassandra.Auth.Policies.Language;

/// <summary>What a statement does to what it applies to.</summary>
public enum PolicyEffect
{
    Allow,
    Deny,
}
