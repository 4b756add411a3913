using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Http;

/// <summary>What the request line names, parsed once from the raw target; nothing reads ASP.NET's path.</summary>
internal sealed record RequestTarget
{
    /// <summary>Service, bucket or object.</summary>
    public required RouteTarget Kind { get; init; }

    /// <summary>The bucket, as named (not yet known to exist or to be valid); empty for the service.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>The key, percent-decoded; default unless <see cref="Kind"/> is Object.</summary>
    public ObjectKey Key { get; init; }

    public QueryParameters Query { get; init; } = QueryParameters.Empty;

    /// <summary>The path as sent, still percent-encoded, without query; what signatures are made over.</summary>
    public required string RawPath { get; init; }

    /// <summary>The query as sent, without "?".</summary>
    public string RawQuery { get; init; } = "";

    /// <summary>The authority that the client addressed: of an absolute-form target, else the Host header.</summary>
    public string Host { get; init; } = "";

    /// <summary>Whether the bucket came from the host name.</summary>
    public bool IsVirtualHosted { get; init; }

    /// <summary>The key as sent, still percent-encoded; empty where there is none.</summary>
    public string EncodedKey
    {
        get
        {
            if (Kind != RouteTarget.Object)
            {
                return "";
            }

            var path = RawPath.AsSpan(1);
            return (IsVirtualHosted ? path : path[(path.IndexOf('/') + 1)..]).ToString();
        }
    }
}
