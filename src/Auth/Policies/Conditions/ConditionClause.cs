using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>One line of a Condition: an operator, a key, and the values any one of which will do.</summary>
internal sealed class ConditionClause(ConditionOperator @operator, ConditionKey key, ConditionMatcher[] matchers)
{
    public ConditionOperator Operator => @operator;

    public ConditionKey Key => key;

    public IReadOnlyList<ConditionMatcher> Matchers => matchers;

    /// <summary>
    /// Whether it holds. <paramref name="unresolved"/> is what a negated comparison with a variable that has no value comes to: true in
    /// a Deny, false in an Allow, so that a missing value never widens what is allowed.
    /// </summary>
    public bool Holds(IConditionFacts facts, bool unresolved)
    {
        var values = facts.Find(key);
        if (@operator.Comparison == ConditionComparison.Null)
        {
            return MatchAny(ConditionValue.Of(values.Count == 0), facts) == PatternMatch.Yes;
        }

        if (values.Count == 0)
        {
            return @operator.IfExists || @operator.Quantifier == ConditionQuantifier.ForAllValues
                || (@operator.IsNegated && @operator.Quantifier != ConditionQuantifier.ForAnyValue);
        }

        // Without a prefix, a negated operator asks that no value match, any other that one does.
        var all = @operator.Quantifier == ConditionQuantifier.ForAllValues
            || (@operator.Quantifier == ConditionQuantifier.None && @operator.IsNegated);
        for (var index = 0; index < values.Count; index++)
        {
            if (Satisfies(values[index], facts, unresolved) != all)
            {
                return !all;
            }
        }

        return all;
    }

    private bool Satisfies(in ConditionValue value, IConditionFacts facts, bool unresolved) => MatchAny(value, facts) switch
    {
        PatternMatch.Yes => !@operator.IsNegated,
        PatternMatch.No => @operator.IsNegated,
        _ => @operator.IsNegated && unresolved,
    };

    private PatternMatch MatchAny(in ConditionValue value, IConditionFacts facts)
    {
        var answer = PatternMatch.No;
        foreach (var matcher in matchers)
        {
            var match = matcher.Match(value, facts);
            if (match == PatternMatch.Yes)
            {
                return match;
            }

            answer = match == PatternMatch.Unresolved ? match : answer;
        }

        return answer;
    }
}
