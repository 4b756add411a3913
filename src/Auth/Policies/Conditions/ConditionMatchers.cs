using System.Buffers.Text;
using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>Makes the comparison of a value that a condition names.</summary>
internal static class ConditionMatchers
{
    /// <summary>The comparison; null where the value is none of the operator's type.</summary>
    public static ConditionMatcher? Create(ConditionComparison comparison, string value, bool hasVariables)
    {
        var variables = hasVariables ? PatternSyntax.Variables : PatternSyntax.None;
        switch (comparison)
        {
            case ConditionComparison.StringEquals:
                return Text(TextPattern.Parse(value, variables), value);
            case ConditionComparison.StringEqualsIgnoreCase:
                return Text(TextPattern.Parse(value, variables, ignoreCase: true), value);
            case ConditionComparison.StringLike:
                return Text(TextPattern.Parse(value, variables | PatternSyntax.Wildcards), value);
            case ConditionComparison.BinaryEquals:
                return Base64.IsValid(value) ? Text(TextPattern.Parse(value, PatternSyntax.None), value) : null;
            case ConditionComparison.ArnLike:
                return ArnPattern.Parse(value, variables | PatternSyntax.Wildcards) is { } arn ? new ArnMatcher(arn) { Source = value } : null;
            case ConditionComparison.IpAddress:
                return AddressMatcher.Parse(value) is { } network ? new AddressMatcher(network) { Source = value } : null;
            case ConditionComparison.Bool or ConditionComparison.Null:
                return bool.TryParse(value, out var flag) ? new BoolMatcher(flag) { Source = value } : null;
            case <= ConditionComparison.NumericGreaterThanEquals:
                return NumberMatcher.Parse(value) is { } number ? new NumberMatcher(comparison, number) { Source = value } : null;
            default:
                return DateMatcher.Parse(value) is { } date ? new DateMatcher(comparison, date) { Source = value } : null;
        }
    }

    private static TextMatcher? Text(TextPattern? pattern, string value) => pattern is null ? null : new TextMatcher(pattern) { Source = value };
}
