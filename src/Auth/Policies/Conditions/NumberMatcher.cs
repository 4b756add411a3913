using System.Globalization;
using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>NumericEquals and its order.</summary>
internal sealed class NumberMatcher(ConditionComparison comparison, decimal expected) : ConditionMatcher
{
    /// <summary>The number of a text; null where it is none.</summary>
    public static decimal? Parse(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public override PatternMatch Match(in ConditionValue value, IConditionFacts facts)
    {
        var number = value.Kind switch
        {
            ConditionValueKind.Number => value.Number,
            ConditionValueKind.Text => Parse(value.Text),
            _ => null,
        };
        return When(number is { } actual && comparison switch
        {
            ConditionComparison.NumericEquals => actual == expected,
            ConditionComparison.NumericLessThan => actual < expected,
            ConditionComparison.NumericLessThanEquals => actual <= expected,
            ConditionComparison.NumericGreaterThan => actual > expected,
            _ => actual >= expected,
        });
    }
}
