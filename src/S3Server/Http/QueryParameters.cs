namespace S3Cassandra.S3Server.Http;

/// <summary>
/// The query of a request, decoded once: names and values percent-decoded as UTF-8, in order. A name without "=" has the value "".
/// </summary>
internal sealed class QueryParameters(IReadOnlyList<KeyValuePair<string, string>> all)
{
    public static QueryParameters Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> All => all;

    public bool Has(string name) => Get(name) is not null;

    /// <summary>The first value of that name, compared case-sensitively; null when absent.</summary>
    public string? Get(string name)
    {
        foreach (var parameter in all)
        {
            if (parameter.Key == name)
            {
                return parameter.Value;
            }
        }

        return null;
    }
}
