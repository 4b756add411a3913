namespace S3Cassandra.Cql.Statements;

/// <summary>
/// What a statement's text says of how it may be treated. Found by its words, outside quotes and comments: IF is a reserved word of CQL, so
/// within a write it always is a condition.
/// </summary>
/// <param name="Kind">By the first word.</param>
/// <param name="IsConditional">A write with IF: decided by Paxos, never to be sent twice.</param>
/// <param name="SelectsAll">A <c>*</c> between SELECT and FROM: its columns change with the table.</param>
internal readonly record struct StatementText(StatementKind Kind, bool IsConditional, bool SelectsAll)
{
    public static StatementText Of(string cql)
    {
        var words = new StatementWords(cql);
        var kind = StatementKind.Other;
        var (first, from, conditional, all) = (true, false, false, false);
        while (words.MoveNext())
        {
            var word = words.Current;
            if (first)
            {
                kind = KindOf(word);
                first = false;
            }
            else if (kind == StatementKind.Write && Is(word, "IF"))
            {
                conditional = true;
            }
            else if (kind == StatementKind.Read && !from)
            {
                from = Is(word, "FROM");
                all |= word is "*";
            }
        }
        return new(kind, conditional, all);
    }

    private static StatementKind KindOf(ReadOnlySpan<char> word)
    {
        if (Is(word, "SELECT"))
        {
            return StatementKind.Read;
        }
        return Is(word, "INSERT") || Is(word, "UPDATE") || Is(word, "DELETE") || Is(word, "BEGIN") ? StatementKind.Write : StatementKind.Other;
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
