namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>How a value is held.</summary>
public enum ConditionValueKind
{
    Text,
    Number,
    Instant,
    Address,
    Flag,
}
