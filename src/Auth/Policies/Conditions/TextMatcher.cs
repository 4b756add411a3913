using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>StringEquals, StringEqualsIgnoreCase, StringLike, BinaryEquals (a base-64 text, compared as it stands).</summary>
internal sealed class TextMatcher(TextPattern pattern) : ConditionMatcher
{
    public override bool IsFixed => !pattern.HasWildcards && !pattern.HasVariables;

    public override IEnumerable<ConditionKey> Variables => pattern.Variables;

    public override PatternMatch Match(in ConditionValue value, IConditionFacts facts) => pattern.Match(value.Text ?? value.ToText(), facts);
}
