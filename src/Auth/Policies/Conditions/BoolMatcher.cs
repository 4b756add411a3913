using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>Bool.</summary>
internal sealed class BoolMatcher(bool expected) : ConditionMatcher
{
    public override PatternMatch Match(in ConditionValue value, IConditionFacts facts) => When(
        value.Kind == ConditionValueKind.Flag ? value.Number != 0 == expected : bool.TryParse(value.Text, out var flag) && flag == expected);
}
