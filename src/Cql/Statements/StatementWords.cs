namespace S3Cassandra.Cql.Statements;

/// <summary>
/// The words of a CQL text, and each other character by itself, in turn. What is quoted ('…', "…", $$…$$) and what is a comment (<c>--</c>,
/// <c>//</c>, <c>/* */</c>) is left out, as Cassandra's own lexer does (Lexer.g).
/// </summary>
internal ref struct StatementWords(ReadOnlySpan<char> cql)
{
    private ReadOnlySpan<char> _rest = cql;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var skipped = Skipped(_rest);
            if (skipped > 0)
            {
                _rest = _rest[skipped..];
                continue;
            }
            var length = 1;
            if (IsWord(_rest[0]))
            {
                while (length < _rest.Length && IsWord(_rest[length]))
                {
                    length++;
                }
            }
            Current = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
        return false;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static int Skipped(ReadOnlySpan<char> text)
    {
        if (char.IsWhiteSpace(text[0]))
        {
            return 1;
        }
        if (text[0] is '\'' or '"')
        {
            // A doubled quote within is two quoted runs, one after the other.
            return Until(text, 1, text[..1]);
        }
        return text switch
        {
            ['$', '$', ..] => Until(text, 2, "$$"),
            ['/', '*', ..] => Until(text, 2, "*/"),
            ['-', '-', ..] or ['/', '/', ..] => Until(text, 2, "\n"),
            _ => 0,
        };
    }

    private static int Until(ReadOnlySpan<char> text, int from, ReadOnlySpan<char> end)
    {
        var at = text[from..].IndexOf(end);
        return at < 0 ? text.Length : from + at + end.Length;
    }
}
