using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// Parses the target of a request line once: path style, virtual-hosted style on the configured domains (with or without a port), and the
/// absolute form that clients with an HTTP proxy setting send, whose authority then stands for Host. An authority under no configured
/// domain is path style. Nothing is normalised: "." and ".." are keys like any other.
/// </summary>
internal sealed class RequestTargetParser
{
    private readonly string[] _suffixes;

    public RequestTargetParser(IEnumerable<string> domains) =>
        _suffixes = [.. domains.Select(domain => "." + domain.ToLowerInvariant()).OrderByDescending(suffix => suffix.Length)];

    /// <exception cref="S3Exception">InvalidURI, KeyTooLongError.</exception>
    public RequestTarget Parse(string rawTarget, string hostHeader)
    {
        var (host, rest) = rawTarget.StartsWith('/') ? (hostHeader, rawTarget) : SplitAbsolute(rawTarget);
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? rest : rest[..question];
        var rawQuery = question < 0 ? "" : rest[(question + 1)..];
        var virtualBucket = BucketOfHost(host);
        var bucket = virtualBucket;
        var keyPart = path.AsSpan(1);
        if (bucket is null)
        {
            var slash = keyPart.IndexOf('/');
            bucket = PercentDecoder.DecodeText(slash < 0 ? keyPart : keyPart[..slash], plusIsSpace: false) ?? throw Invalid(path);
            keyPart = slash < 0 ? [] : keyPart[(slash + 1)..];
        }

        var isService = bucket.Length == 0 && path.Length == 1;
        return new RequestTarget
        {
            Kind = isService ? RouteTarget.Service : keyPart.IsEmpty ? RouteTarget.Bucket : RouteTarget.Object,
            Bucket = bucket,
            Key = keyPart.IsEmpty ? default : KeyOf(keyPart, path),
            Query = ParseQuery(rawQuery),
            RawPath = path,
            RawQuery = rawQuery,
            Host = host,
            IsVirtualHosted = virtualBucket is not null,
        };
    }

    /// <summary>The bucket that an authority names under one of the domains, in lower case; null when it names none.</summary>
    public string? BucketOfHost(string authority)
    {
        if (_suffixes.Length == 0 || authority.Length == 0)
        {
            return null;
        }

        var host = WithoutPort(authority.AsSpan());
        foreach (var suffix in _suffixes)
        {
            if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return host[..^suffix.Length].ToString().ToLowerInvariant();
            }

            if (host.Equals(suffix.AsSpan(1), StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon >= 0 && !authority[colon..].Contains(']') ? authority[..colon] : authority;
    }

    private static ObjectKey KeyOf(ReadOnlySpan<char> encoded, string path)
    {
        var utf8 = PercentDecoder.Decode(encoded, plusIsSpace: false) ?? throw Invalid(path);
        if (utf8.Length > ObjectKey.MaxBytes)
        {
            throw new S3Exception(
                S3Errors.KeyTooLongError, null, ("Size", utf8.Length.ToString(null, null)), ("MaxSizeAllowed", "1024"));
        }

        return ObjectKey.TryCreate(utf8, out var key) ? key : throw Invalid(path);
    }

    /// <summary><c>http://authority/path?query</c>; the path may be missing.</summary>
    private static (string Host, string PathAndQuery) SplitAbsolute(string rawTarget)
    {
        var scheme = rawTarget.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : rawTarget.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : throw Invalid(rawTarget);
        var end = rawTarget.AsSpan(scheme).IndexOfAny('/', '?');
        var host = end < 0 ? rawTarget[scheme..] : rawTarget[scheme..(scheme + end)];
        if (host.Length == 0 || host.AsSpan().IndexOfAny('@', '\\', '#') >= 0)
        {
            throw Invalid(rawTarget);
        }

        var rest = end < 0 ? "/" : rawTarget[(scheme + end)..];
        return (host, rest[0] == '/' ? rest : "/" + rest);
    }

    private static QueryParameters ParseQuery(string rawQuery)
    {
        if (rawQuery.Length == 0)
        {
            return QueryParameters.Empty;
        }

        var all = new List<KeyValuePair<string, string>>();
        foreach (var range in rawQuery.AsSpan().Split('&'))
        {
            var part = rawQuery.AsSpan()[range];
            if (part.IsEmpty)
            {
                continue;
            }

            var equals = part.IndexOf('=');
            var name = PercentDecoder.DecodeText(equals < 0 ? part : part[..equals], plusIsSpace: true);
            var value = equals < 0 ? "" : PercentDecoder.DecodeText(part[(equals + 1)..], plusIsSpace: true);
            if (name is null || value is null)
            {
                throw new S3Exception(S3Errors.InvalidURI);
            }

            all.Add(new KeyValuePair<string, string>(name, value));
        }

        return new QueryParameters(all);
    }

    private static S3Exception Invalid(string uri) => new(S3Errors.InvalidURI, null, ("URI", uri));
}
