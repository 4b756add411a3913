using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>One value that a condition names, ready to be compared.</summary>
internal abstract class ConditionMatcher
{
    /// <summary>The value as the policy has it.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the value stands for many: a wildcard, a variable, a wide network.</summary>
    public virtual bool IsFixed => true;

    /// <summary>Whether a value of the request is what the policy names. A value of the wrong type is not.</summary>
    public abstract PatternMatch Match(in ConditionValue value, IConditionFacts facts);

    /// <summary>A yes or no.</summary>
    protected static PatternMatch When(bool matches) => matches ? PatternMatch.Yes : PatternMatch.No;
}
