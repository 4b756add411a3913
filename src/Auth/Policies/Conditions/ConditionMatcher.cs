using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>One value that a condition names, ready to be compared.</summary>
internal abstract class ConditionMatcher
{
    /// <summary>The value as the policy has it.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the value stands for itself: no wildcard, no variable, no wide network.</summary>
    public virtual bool IsFixed => true;

    /// <summary>The keys of the variables in the value.</summary>
    public virtual IEnumerable<ConditionKey> Variables => [];

    /// <summary>Whether a value of the request is what the policy names. A value of the wrong type is not.</summary>
    public abstract PatternMatch Match(in ConditionValue value, IConditionFacts facts);

    /// <summary>A yes or no.</summary>
    protected static PatternMatch When(bool matches) => matches ? PatternMatch.Yes : PatternMatch.No;
}
