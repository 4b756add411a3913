namespace S3Cassandra.Auth.Requests;

/// <summary>Looks names up among a request's header fields: a dozen entries, so a scan beats a table and needs no string for the name.</summary>
internal static class RequestHeaderReading
{
    /// <summary>The index of the entry called <paramref name="name"/>, -1 when there is none.</summary>
    public static int IndexOf(this IRequestHeaders headers, ReadOnlySpan<char> name)
    {
        var count = headers.Count;
        for (var i = 0; i < count; i++)
        {
            var candidate = headers.NameAt(i);
            if (candidate.Length == name.Length && name.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The value of a header, its lines joined by commas when it came more than once; null when it did not come.</summary>
    public static string? Find(this IRequestHeaders headers, ReadOnlySpan<char> name)
    {
        var index = headers.IndexOf(name);
        if (index < 0)
        {
            return null;
        }

        var lines = headers.ValueCountAt(index);
        return lines == 1
            ? headers.ValueAt(index, 0)
            : string.Join(',', Enumerable.Range(0, lines).Select(line => headers.ValueAt(index, line)));
    }

    /// <summary>Whether a header came.</summary>
    public static bool Has(this IRequestHeaders headers, ReadOnlySpan<char> name) => headers.IndexOf(name) >= 0;
}
