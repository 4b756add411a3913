namespace S3Cassandra.Auth.Requests;

/// <summary>Everything of a request that a signature can cover, as it came over the wire: nothing decoded, nothing normalised.</summary>
public readonly record struct SignedRequest
{
    /// <summary>The method, compared exactly (<c>GET</c>).</summary>
    public required string Method { get; init; }

    /// <summary>The target's path as sent, still percent-encoded, beginning with <c>/</c>; without query, scheme and authority.</summary>
    public required string RawPath { get; init; }

    /// <summary>The target's query as sent, without <c>?</c>; empty when there is none.</summary>
    public required string RawQuery { get; init; }

    /// <summary>The effective authority: the Host header as sent, or the authority of an absolute-form target; a port stays in it.</summary>
    public required string Host { get; init; }

    /// <summary>The header fields.</summary>
    public required IRequestHeaders Headers { get; init; }

    /// <summary>The server's clock when the request arrived.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// The SHA-256 of the body in lower-case hex, where it was read before the signature is looked at (IAM, STS): then it alone is the last
    /// line of the canonical request, whatever x-amz-content-sha256 says. Null for S3.
    /// </summary>
    public string? BodySha256 { get; init; }

    /// <summary>The bucket named by the authority (virtual-hosted style), null in path style. Signature V2 puts it before the path.</summary>
    public string? VirtualHostedBucket { get; init; }
}
