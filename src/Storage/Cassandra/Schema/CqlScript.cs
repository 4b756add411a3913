using System.Text;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>Cuts a text in statements: <c>--</c> begins a comment, <c>;</c> ends a statement, neither does in quotes.</summary>
internal static class CqlScript
{
    public static IReadOnlyList<string> Split(string text)
    {
        var statements = new List<string>();
        var statement = new StringBuilder();
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quote == '\0' && text.AsSpan(at).StartsWith("--"))
            {
                var end = text.AsSpan(at).IndexOf('\n');
                at = end < 0 ? text.Length : at + end;
                statement.Append('\n');
                continue;
            }
            if (quote == '\0' && character == ';')
            {
                Add(statements, statement);
                continue;
            }
            if (character is '\'' or '"' && (quote == '\0' || quote == character))
            {
                quote = quote == '\0' ? character : '\0';
            }
            statement.Append(character);
        }
        Add(statements, statement);
        return statements;
    }

    private static void Add(List<string> statements, StringBuilder statement)
    {
        var text = statement.ToString().Trim();
        if (text.Length > 0)
        {
            statements.Add(text);
        }
        statement.Clear();
    }
}
