using System.Text;
using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>Cuts a text of a policy into the pieces of a pattern.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"/>
internal static class PatternReader
{
    /// <summary>The pieces; null where a <c>${</c> is not ended or names no key.</summary>
    public static PatternToken[]? Read(string text, PatternSyntax syntax)
    {
        var tokens = new List<PatternToken>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if ((syntax & PatternSyntax.Variables) != 0 && character == '$' && at + 1 < text.Length && text[at + 1] == '{')
            {
                var end = text.IndexOf('}', at + 2);
                if (end < 0)
                {
                    return null;
                }

                var inner = text.AsSpan(at + 2, end - at - 2);
                at = end;
                if (inner is "*" or "?" or "$")
                {
                    literal.Append(inner);
                    continue;
                }

                if (Variable(inner) is not { } variable)
                {
                    return null;
                }

                Flush(literal, tokens);
                tokens.Add(variable);
            }
            else if ((syntax & PatternSyntax.Wildcards) != 0 && character is '*' or '?')
            {
                Wildcard(character, literal, tokens);
            }
            else
            {
                literal.Append(character);
            }
        }

        Flush(literal, tokens);
        return [.. tokens];
    }

    private static void Wildcard(char character, StringBuilder literal, List<PatternToken> tokens)
    {
        Flush(literal, tokens);
        if (character == '?')
        {
            tokens.Add(new PatternToken(PatternTokenKind.AnyCharacter));
        }
        else if (tokens.Count == 0 || tokens[^1].Kind != PatternTokenKind.AnyText)
        {
            tokens.Add(new PatternToken(PatternTokenKind.AnyText));
        }
    }

    private static PatternToken? Variable(ReadOnlySpan<char> inner)
    {
        string? fallback = null;
        var comma = inner.IndexOf(',');
        if (comma >= 0)
        {
            var quoted = inner[(comma + 1)..].Trim();
            if (quoted.Length < 2 || quoted[0] != '\'' || quoted[^1] != '\'')
            {
                return null;
            }

            fallback = quoted[1..^1].ToString();
            inner = inner[..comma];
        }

        return ConditionKey.Parse(inner.Trim().ToString()) is { } key ? new PatternToken(PatternTokenKind.Variable, fallback, key) : null;
    }

    private static void Flush(StringBuilder literal, List<PatternToken> tokens)
    {
        if (literal.Length > 0)
        {
            tokens.Add(new PatternToken(PatternTokenKind.Literal, literal.ToString()));
            literal.Clear();
        }
    }
}
