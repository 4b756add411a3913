using System.Text;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>The form of a request of the query protocol.</summary>
internal static class QueryForm
{
    /// <summary>Its parameters, decoded, and those of the URL, which may have all of them.</summary>
    /// <exception cref="QueryException">MalformedQueryString.</exception>
    public static Dictionary<string, string> Parse(byte[] form, QueryParameters query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in query.All)
        {
            if (!parameters.TryAdd(name, value))
            {
                throw Malformed();
            }
        }

        foreach (var pair in Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = PercentDecoder.DecodeText(equals < 0 ? pair : pair.AsSpan(0, equals), plusIsSpace: true);
            var value = equals < 0 ? "" : PercentDecoder.DecodeText(pair.AsSpan(equals + 1), plusIsSpace: true);
            if (name is null || value is null || !parameters.TryAdd(name, value))
            {
                throw Malformed();
            }
        }

        return parameters;
    }

    private static QueryException Malformed() => new("MalformedQueryString", 400, "The form is malformed or names a parameter twice.");
}
