using System.Text;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>The form of a request of the query protocol.</summary>
internal static class QueryForm
{
    /// <summary>Its parameters, decoded.</summary>
    /// <exception cref="QueryException">MalformedQueryString.</exception>
    public static Dictionary<string, string> Parse(byte[] form)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = PercentDecoder.DecodeText(equals < 0 ? pair : pair.AsSpan(0, equals), plusIsSpace: true);
            var value = equals < 0 ? "" : PercentDecoder.DecodeText(pair.AsSpan(equals + 1), plusIsSpace: true);
            if (name is null || value is null || !parameters.TryAdd(name, value))
            {
                throw new QueryException("MalformedQueryString", 400, "The form is malformed or names a parameter twice.");
            }
        }

        return parameters;
    }
}
