namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>
/// The parameters of a field such as <c>form-data; name="a"; filename="b"</c>. In quotes only <c>\"</c> is an escape: browsers of old send
/// paths with bare backslashes, those of today escape quotes as <c>%22</c>, and what is percent-encoded stays so.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc7578#section-4.2"/>
internal static class HeaderParameters
{
    /// <summary>What stands before the parameters.</summary>
    public static string Value(string field)
    {
        var semicolon = field.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? field : field[..semicolon]).Trim();
    }

    /// <summary>The first parameter of that name; null where there is none.</summary>
    public static string? Find(string field, string name)
    {
        var rest = field.AsSpan();
        while (rest.IndexOf(';') is >= 0 and var semicolon)
        {
            rest = rest[(semicolon + 1)..];
            var end = rest.IndexOfAny('=', ';');
            if (end < 0 || rest[end] == ';')
            {
                continue;
            }

            var found = rest[..end].Trim();
            rest = rest[(end + 1)..].TrimStart();
            var value = TakeValue(ref rest);
            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static string TakeValue(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
        {
            var end = rest.IndexOf(';');
            var token = end < 0 ? rest : rest[..end];
            rest = rest[token.Length..];
            return token.Trim().ToString();
        }

        var closing = 1;
        while (closing < rest.Length && rest[closing] != '"')
        {
            closing += rest[closing] == '\\' && closing + 1 < rest.Length && rest[closing + 1] == '"' ? 2 : 1;
        }

        closing = Math.Min(closing, rest.Length);
        var quoted = rest[1..closing].ToString().Replace("\\\"", "\"", StringComparison.Ordinal);
        rest = rest[Math.Min(closing + 1, rest.Length)..];
        return quoted;
    }
}
