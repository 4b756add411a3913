using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Decides who sends a request of the query protocol: its form is signed in the Authorization header, in the scope of its service, in
/// us-east-1 or, where the service has regions, in the server's.
/// </summary>
internal sealed class QueryAuthenticator(AccessKeys keys, SignatureOptions s3, TimeProvider time)
{
    private const string GlobalRegion = "us-east-1";

    private readonly SignatureVerifier _global = new(new SignatureOptions { Region = GlobalRegion, SignatureV2Allowed = false });
    private readonly SignatureVerifier _local = new(new SignatureOptions { Region = s3.Region, SignatureV2Allowed = false });

    /// <summary>The access key that signed; null where nothing is signed.</summary>
    /// <exception cref="QueryException">The credential does not hold.</exception>
    public async ValueTask<string?> AuthenticateAsync(
        S3Context context, RequestHeaders headers, QueryService service, byte[] formSha256, CancellationToken cancellationToken)
    {
        var target = context.Target;
        var request = new SignedRequest
        {
            Method = context.Http.Request.Method,
            RawPath = target.RawPath,
            RawQuery = target.RawQuery,
            Host = target.Host,
            Headers = headers,
            Now = time.GetUtcNow(),
            BodySha256 = Convert.ToHexStringLower(formSha256),
        };
        var isLocal = service.HasRegions && SignatureVerifier.ScopeOf(headers)?.Region == s3.Region;
        var parse = (isLocal ? _local : _global).Parse(request, service.Name);
        if (parse.Failure is { } malformed)
        {
            throw Refuse(malformed);
        }

        // A presigned URL covers no body: what signs the form is the header.
        if (parse.Claim is not { Place: SignaturePlace.Header } claim)
        {
            return parse.IsAnonymous ? null : throw MissingToken();
        }

        if (await keys.FindAsync(claim.AccessKeyId, cancellationToken) is not { } known)
        {
            throw new QueryException("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
        }

        if (claim.Verify(known.Key.Secret).Failure is { } failure)
        {
            throw Refuse(failure);
        }

        context.Identity = known.Key.Identity;
        context.Policies = known.Policies;
        context.AccessKeyId = claim.AccessKeyId;
        context.Signature = new RequestSignature(claim.Version, claim.Place);
        return claim.AccessKeyId;
    }

    public static QueryException MissingToken() => new("MissingAuthenticationToken", 403, "Missing Authentication Token");

    private static QueryException Refuse(AuthFailure failure) => failure.Code switch
    {
        "SignatureDoesNotMatch" => new QueryException(failure.Code, 403, failure.Message),
        "RequestTimeTooSkewed" => new QueryException("SignatureDoesNotMatch", 403, "Signature expired or not yet current."),
        "InvalidToken" => new QueryException("InvalidClientTokenId", 403, "The security token included in the request is invalid."),
        "AccessDenied" => new QueryException("AccessDenied", 403, failure.Message),
        _ => new QueryException("IncompleteSignature", 400, failure.Message),
    };
}
