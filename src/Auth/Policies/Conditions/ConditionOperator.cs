namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>
/// A condition operator as a policy names it, taken apart: <c>ForAnyValue:StringNotLikeIfExists</c> is ForAnyValue, StringLike,
/// negated, if it exists.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"/>
public readonly record struct ConditionOperator(
    ConditionQuantifier Quantifier, ConditionComparison Comparison, bool IsNegated, bool IfExists)
{
    private const string IfExistsSuffix = "IfExists";

    /// <summary>The operator of a name; null where there is none.</summary>
    public static ConditionOperator? Parse(string name)
    {
        var quantifier = ConditionQuantifier.None;
        var rest = name.AsSpan();
        if (rest.StartsWith("ForAllValues:", StringComparison.Ordinal))
        {
            quantifier = ConditionQuantifier.ForAllValues;
            rest = rest["ForAllValues:".Length..];
        }
        else if (rest.StartsWith("ForAnyValue:", StringComparison.Ordinal))
        {
            quantifier = ConditionQuantifier.ForAnyValue;
            rest = rest["ForAnyValue:".Length..];
        }

        var ifExists = rest.EndsWith(IfExistsSuffix, StringComparison.Ordinal);
        if (ifExists)
        {
            rest = rest[..^IfExistsSuffix.Length];
        }

        (ConditionComparison Comparison, bool IsNegated)? found = rest switch
        {
            "StringEquals" => (ConditionComparison.StringEquals, false),
            "StringNotEquals" => (ConditionComparison.StringEquals, true),
            "StringEqualsIgnoreCase" => (ConditionComparison.StringEqualsIgnoreCase, false),
            "StringNotEqualsIgnoreCase" => (ConditionComparison.StringEqualsIgnoreCase, true),
            "StringLike" => (ConditionComparison.StringLike, false),
            "StringNotLike" => (ConditionComparison.StringLike, true),
            "NumericEquals" => (ConditionComparison.NumericEquals, false),
            "NumericNotEquals" => (ConditionComparison.NumericEquals, true),
            "NumericLessThan" => (ConditionComparison.NumericLessThan, false),
            "NumericLessThanEquals" => (ConditionComparison.NumericLessThanEquals, false),
            "NumericGreaterThan" => (ConditionComparison.NumericGreaterThan, false),
            "NumericGreaterThanEquals" => (ConditionComparison.NumericGreaterThanEquals, false),
            "DateEquals" => (ConditionComparison.DateEquals, false),
            "DateNotEquals" => (ConditionComparison.DateEquals, true),
            "DateLessThan" => (ConditionComparison.DateLessThan, false),
            "DateLessThanEquals" => (ConditionComparison.DateLessThanEquals, false),
            "DateGreaterThan" => (ConditionComparison.DateGreaterThan, false),
            "DateGreaterThanEquals" => (ConditionComparison.DateGreaterThanEquals, false),
            "Bool" => (ConditionComparison.Bool, false),
            "BinaryEquals" => (ConditionComparison.BinaryEquals, false),
            "IpAddress" => (ConditionComparison.IpAddress, false),
            "NotIpAddress" => (ConditionComparison.IpAddress, true),
            "ArnEquals" or "ArnLike" => (ConditionComparison.ArnLike, false),
            "ArnNotEquals" or "ArnNotLike" => (ConditionComparison.ArnLike, true),
            "Null" when !ifExists && quantifier == ConditionQuantifier.None => (ConditionComparison.Null, false),
            _ => null,
        };
        return found is { } known ? new ConditionOperator(quantifier, known.Comparison, known.IsNegated, ifExists) : null;
    }
}
