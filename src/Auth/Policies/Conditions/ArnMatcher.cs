using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>ArnEquals, ArnLike.</summary>
internal sealed class ArnMatcher(ArnPattern pattern) : ConditionMatcher
{
    public override bool IsFixed => !Source.AsSpan().ContainsAny("*?$");

    public override IEnumerable<ConditionKey> Variables => pattern.Variables;

    public override PatternMatch Match(in ConditionValue value, IConditionFacts facts) => pattern.Match(value.Text ?? value.ToText(), facts);
}
