using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// The parameters of a presigned URL, decoded. V4's names are found in any case and however they are encoded, so that nothing slips by
/// under another spelling; each may come once.
/// </summary>
internal sealed class QueryCredential
{
    private const string AmzStart = "X-Amz-";

    private readonly Dictionary<string, string> _v4 = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _v2 = new(StringComparer.Ordinal);

    private QueryCredential()
    {
    }

    /// <summary>Whether a V4 credential is begun.</summary>
    public bool IsV4 => _v4.ContainsKey("X-Amz-Algorithm") || _v4.ContainsKey("X-Amz-Credential") || _v4.ContainsKey("X-Amz-Signature");

    /// <summary>Whether a V2 credential is begun.</summary>
    public bool IsV2 => _v2.ContainsKey("AWSAccessKeyId") || _v2.ContainsKey("Signature");

    /// <summary>A parameter that came more than once; null when none did.</summary>
    public string? Repeated { get; private set; }

    /// <summary>The value of an <c>X-Amz-</c> parameter, null when it did not come.</summary>
    public string? Amz(string name) => _v4.GetValueOrDefault(name);

    /// <summary>The value of one of V2's parameters, null when it did not come.</summary>
    public string? V2(string name) => _v2.GetValueOrDefault(name);

    /// <summary>The credential in a query; null when there is none.</summary>
    public static QueryCredential? Find(string rawQuery)
    {
        QueryCredential? found = null;
        var reader = new QueryReader(rawQuery);
        while (reader.MoveNext())
        {
            if (reader.Name.Contains('%') || MayBelong(reader.Name))
            {
                found ??= new QueryCredential();
                found.Add(UriEncoding.DecodeQuery(reader.Name), reader.Value);
            }
        }

        return found is not null && (found.IsV4 || found.IsV2) ? found : null;
    }

    private static bool MayBelong(ReadOnlySpan<char> name) =>
        name.StartsWith(AmzStart, StringComparison.OrdinalIgnoreCase) || IsV2Name(name);

    private static bool IsV2Name(ReadOnlySpan<char> name) => name is "AWSAccessKeyId" or "Signature" or "Expires";

    private void Add(string name, ReadOnlySpan<char> rawValue)
    {
        var target = name.StartsWith(AmzStart, StringComparison.OrdinalIgnoreCase) ? _v4 : IsV2Name(name) ? _v2 : null;
        if (target is not null && !target.TryAdd(name, UriEncoding.DecodeQuery(rawValue)))
        {
            Repeated ??= name;
        }
    }
}
