namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>A request of which nothing is known.</summary>
public sealed class NoFacts : IConditionFacts
{
    private NoFacts()
    {
    }

    public static NoFacts Instance { get; } = new();

    /// <inheritdoc/>
    public ConditionValues Find(ConditionKey key) => default;
}
