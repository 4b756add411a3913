using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>
/// A text of a policy, ready to be compared: literal, with wildcards, with variables. Comparing allocates nothing (a variable may: see
/// <see cref="IConditionFacts"/>) and takes time in proportion to the text times the pattern at worst: only the last <c>*</c> is tried again.
/// </summary>
public sealed class TextPattern
{
    private readonly PatternToken[] _tokens;
    private readonly StringComparison _comparison;
    private readonly Form _form;

    private TextPattern(string source, PatternToken[] tokens, bool ignoreCase)
    {
        Source = source;
        _tokens = tokens;
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _form = FormOf(tokens);
        HasVariables = tokens.Any(token => token.Kind == PatternTokenKind.Variable);
        HasWildcards = tokens.Any(token => token.Kind is PatternTokenKind.AnyText or PatternTokenKind.AnyCharacter);
    }

    private enum Form
    {
        Empty,
        Everything,
        Literal,
        Prefix,
        General,
    }

    /// <summary>As the policy has it.</summary>
    public string Source { get; }

    /// <summary>Whether what it means depends on the request.</summary>
    public bool HasVariables { get; }

    /// <summary>Whether <c>*</c> or <c>?</c> is in it (not counting <c>${*}</c>).</summary>
    public bool HasWildcards { get; }

    /// <summary>The keys of the variables in it.</summary>
    public IEnumerable<ConditionKey> Variables => _tokens.Where(token => token.Kind == PatternTokenKind.Variable).Select(token => token.Key!);

    /// <summary>The pattern of a text; null where a variable in it is malformed.</summary>
    public static TextPattern? Parse(string text, PatternSyntax syntax, bool ignoreCase = false) =>
        PatternReader.Read(text, syntax) is { } tokens ? new TextPattern(text, tokens, ignoreCase) : null;

    /// <summary>Whether <paramref name="text"/> is what the pattern says.</summary>
    public PatternMatch Match(ReadOnlySpan<char> text, IConditionFacts facts) => _form switch
    {
        Form.Everything => PatternMatch.Yes,
        Form.Empty => text.IsEmpty ? PatternMatch.Yes : PatternMatch.No,
        Form.Literal => text.Equals(_tokens[0].Text, _comparison) ? PatternMatch.Yes : PatternMatch.No,
        Form.Prefix => text.StartsWith(_tokens[0].Text, _comparison) ? PatternMatch.Yes : PatternMatch.No,
        _ => MatchGeneral(text, facts),
    };

    private static Form FormOf(PatternToken[] tokens) => tokens switch
    {
        [] => Form.Empty,
        [{ Kind: PatternTokenKind.AnyText }] => Form.Everything,
        [{ Kind: PatternTokenKind.Literal }] => Form.Literal,
        [{ Kind: PatternTokenKind.Literal }, { Kind: PatternTokenKind.AnyText }] => Form.Prefix,
        _ => Form.General,
    };

    private PatternMatch MatchGeneral(ReadOnlySpan<char> text, IConditionFacts facts)
    {
        if (HasVariables && !AllResolved(facts))
        {
            return PatternMatch.Unresolved;
        }

        var token = 0;
        var at = 0;
        var afterStar = -1;
        var starAt = 0;
        while (true)
        {
            if (token == _tokens.Length)
            {
                if (at == text.Length)
                {
                    return PatternMatch.Yes;
                }
            }
            else if (_tokens[token].Kind == PatternTokenKind.AnyText)
            {
                afterStar = ++token;
                starAt = at;
                if (token == _tokens.Length)
                {
                    return PatternMatch.Yes;
                }

                continue;
            }
            else if (Step(_tokens[token], text[at..], facts) is var length and >= 0)
            {
                at += length;
                token++;
                continue;
            }

            if (afterStar < 0 || !Retry(text, afterStar, ref starAt))
            {
                return PatternMatch.No;
            }

            at = starAt;
            token = afterStar;
        }
    }

    /// <summary>Where the last star may end next: at once at the next place where the literal after it stands.</summary>
    private bool Retry(ReadOnlySpan<char> text, int afterStar, ref int starAt)
    {
        if (++starAt > text.Length)
        {
            return false;
        }

        if (_tokens[afterStar] is { Kind: PatternTokenKind.Literal, Text: { } literal })
        {
            var found = text[starAt..].IndexOf(literal, _comparison);
            if (found < 0)
            {
                return false;
            }

            starAt += found;
        }

        return true;
    }

    /// <summary>How much of the text the piece takes; -1 when it does not match.</summary>
    private int Step(in PatternToken token, ReadOnlySpan<char> text, IConditionFacts facts)
    {
        if (token.Kind == PatternTokenKind.AnyCharacter)
        {
            return text.IsEmpty ? -1 : text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        }

        var expected = token.Kind == PatternTokenKind.Literal ? token.Text! : Resolve(token, facts)!;
        return text.StartsWith(expected, _comparison) ? expected.Length : -1;
    }

    private bool AllResolved(IConditionFacts facts)
    {
        foreach (var token in _tokens)
        {
            if (token.Kind == PatternTokenKind.Variable && Resolve(token, facts) is null)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Resolve(in PatternToken token, IConditionFacts facts)
    {
        var values = facts.Find(token.Key!);
        return values.Count == 1 ? values[0].ToText() : values.Count == 0 ? token.Text : null;
    }
}
