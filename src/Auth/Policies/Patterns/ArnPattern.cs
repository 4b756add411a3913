using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>An ARN as ArnEquals and ArnLike compare it: each of its six parts by itself, so that no wildcard reaches over a colon of the first five.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN"/>
internal sealed class ArnPattern
{
    private const int Parts = 6;

    private readonly TextPattern[] _parts;

    private ArnPattern(TextPattern[] parts) => _parts = parts;

    /// <summary>The keys of the variables in it.</summary>
    public IEnumerable<ConditionKey> Variables => _parts.SelectMany(part => part.Variables);

    /// <summary>The pattern; null where it has no six parts (a lone <c>*</c> is every ARN) or a malformed variable.</summary>
    public static ArnPattern? Parse(string text, PatternSyntax syntax)
    {
        if (text == "*")
        {
            text = "*:*:*:*:*:*";
        }

        var parts = Split(text);
        if (parts is null)
        {
            return null;
        }

        var patterns = new TextPattern[Parts];
        for (var part = 0; part < Parts; part++)
        {
            if (TextPattern.Parse(parts[part], syntax) is not { } pattern)
            {
                return null;
            }

            patterns[part] = pattern;
        }

        return new ArnPattern(patterns);
    }

    /// <summary>Whether <paramref name="arn"/> is one and each of its parts matches.</summary>
    public PatternMatch Match(ReadOnlySpan<char> arn, IConditionFacts facts)
    {
        var answer = PatternMatch.Yes;
        for (var part = 0; part < Parts; part++)
        {
            var colon = part < Parts - 1 ? arn.IndexOf(':') : arn.Length;
            if (colon < 0)
            {
                return PatternMatch.No;
            }

            var match = _parts[part].Match(arn[..colon], facts);
            if (match == PatternMatch.No)
            {
                return PatternMatch.No;
            }

            answer = match == PatternMatch.Unresolved ? match : answer;
            arn = arn[Math.Min(colon + 1, arn.Length)..];
        }

        return answer;
    }

    /// <summary>At the first five colons that are in no variable: <c>${aws:username}</c> has one of its own.</summary>
    private static string[]? Split(string text)
    {
        var parts = new string[Parts];
        var part = 0;
        var start = 0;
        var inVariable = false;
        for (var at = 0; at < text.Length && part < Parts - 1; at++)
        {
            inVariable = inVariable ? text[at] != '}' : text[at] == '{' && at > 0 && text[at - 1] == '$';
            if (text[at] == ':' && !inVariable)
            {
                parts[part++] = text[start..at];
                start = at + 1;
            }
        }

        parts[part] = text[start..];
        return part == Parts - 1 ? parts : null;
    }
}
