using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures.V2;
using S3Cassandra.Auth.Signatures.V4;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// The one verifier of requests, in two pure steps because the key look-up between them is I/O: <see cref="Parse"/> reads what the
/// request claims and refuses what is malformed, out of time or for another region; <see cref="SignatureClaim.Verify"/> decides. An
/// access key that the caller does not find is answered with <see cref="AuthFailures.InvalidAccessKeyId"/>. Safe for concurrent use.
/// </summary>
public sealed class SignatureVerifier(SignatureOptions options)
{
    /// <summary>The longest Authorization header: 128 signed headers of 60 characters.</summary>
    private const int MaxAuthorizationLength = 8192;

    private readonly SigningKeyCache _keys = new();

    /// <summary>The options it was made with.</summary>
    public SignatureOptions Options { get; } = options;

    /// <summary>Reads the credential of <paramref name="request"/>; <paramref name="service"/> is the scope's service (<c>s3</c>).</summary>
    public SignatureParse Parse(in SignedRequest request, string service)
    {
        var header = request.Headers.IndexOf("authorization");
        if (header >= 0 && request.Headers.ValueCountAt(header) > 1)
        {
            return SignatureParse.Refused(AuthFailures.OnlyOneMechanism());
        }

        var authorization = header < 0 ? "" : request.Headers.ValueAt(header, 0).Trim();
        var query = request.RawQuery.Length == 0 ? null : QueryCredential.Find(request.RawQuery);
        if (query is null)
        {
            return authorization.Length == 0 ? ParseAnonymous(request) : ParseHeader(request, authorization, service);
        }

        if (authorization.Length > 0 || (query.IsV4 && query.IsV2))
        {
            return SignatureParse.Refused(AuthFailures.OnlyOneMechanism());
        }

        return query.IsV4
            ? PresignedUrlV4.Parse(request, query, service, Options, _keys)
            : PresignedUrlV2.Parse(request, query, Options);
    }

    private static SignatureParse ParseAnonymous(in SignedRequest request) =>
        ContentSha256.ReadAnonymous(request.Headers, out var payload) is { } refusal
            ? SignatureParse.Refused(refusal)
            : SignatureParse.Anonymous(payload);

    private SignatureParse ParseHeader(in SignedRequest request, string authorization, string service)
    {
        if (authorization.Length > MaxAuthorizationLength)
        {
            return SignatureParse.Refused(MalformedCredential.TooLong());
        }

        var space = authorization.IndexOf(' ');
        if (space < 0)
        {
            return SignatureParse.Refused(AuthFailures.AuthorizationWithoutCredential(authorization));
        }

        var credential = authorization.AsMemory(space + 1).Trim();
        return authorization.AsSpan(0, space) switch
        {
            AuthorizationHeaderV4.Scheme => AuthorizationHeaderV4.Parse(request, credential, service, Options, _keys),
            AuthorizationHeaderV2.Scheme => AuthorizationHeaderV2.Parse(request, credential.ToString(), Options),
            "AWS4-ECDSA-P256-SHA256" => SignatureParse.Refused(AuthFailures.UnsupportedMechanism()),
            var scheme => SignatureParse.Refused(AuthFailures.UnsupportedAuthorizationType(scheme.ToString())),
        };
    }
}
