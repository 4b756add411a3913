using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Decides who sends a request of the query protocol. It is signed with its form, in the Authorization header or the query, in the scope of
/// its service, in us-east-1 or, where the service has regions, in the server's.
/// </summary>
internal sealed class QueryAuthenticator(
    RequestCredentials credentials, RefusalLimits limits, ClientConnection client, SignatureOptions s3, TimeProvider time)
{
    private const string GlobalRegion = "us-east-1";

    private readonly SignatureVerifier _global = new(new SignatureOptions { Region = GlobalRegion, SignatureV2Allowed = false });
    private readonly SignatureVerifier _local = new(new SignatureOptions { Region = s3.Region, SignatureV2Allowed = false });

    /// <summary>The access key that signed; null where nothing is signed.</summary>
    /// <exception cref="QueryException">The credential does not hold.</exception>
    public async ValueTask<string?> AuthenticateAsync(
        S3Context context,
        RequestHeaders headers,
        QueryService service,
        QuerySignature? signature,
        byte[] formSha256,
        CancellationToken cancellationToken)
    {
        if (signature is null)
        {
            return limits.MayTry(SourceOf(context), "") ? null : throw TooMany();
        }

        var isLocal = service.HasRegions && signature.Region == s3.Region;
        signature.Check(context, service.Name, isLocal ? s3.Region : GlobalRegion);
        signature.DropUnsigned(context.Http.Request.Headers);
        headers.Fill(context.Http.Request.Headers);
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
        var parse = (isLocal ? _local : _global).Parse(request, service.Name);
        if (parse.Failure is { } malformed)
        {
            throw Refuse(malformed, context, request.Now);
        }

        if (parse.Claim is not { } claim)
        {
            throw MissingToken();
        }

        var known = await VerifyAsync(context, claim, cancellationToken);
        CheckSession(known.Session, service);
        known.Use?.Note(request.Now, service.Name);
        context.Identity = known.Key.Identity;
        context.Policies = known.Policies;
        context.AccessKeyId = claim.AccessKeyId;
        context.Session = known.Session;
        context.Signature = new RequestSignature(claim.Version, claim.Place);
        return claim.AccessKeyId;
    }

    /// <summary>Says that somebody unsigned failed to prove who he is.</summary>
    public void Failed(S3Context context) => limits.Failed(SourceOf(context), "");

    public static QueryException MissingToken() => new("MissingAuthenticationToken", 403, "Request is missing Authentication Token");

    private static QueryException TooMany() => new("Throttling", 400, "Rate exceeded");

    /// <summary>What GetSessionToken gives may do nothing in IAM, and in STS little (AWS: "Compare AWS STS credentials").</summary>
    private static void CheckSession(Session? session, QueryService service)
    {
        if (session is { Kind: SessionKind.User or SessionKind.Root } && service.Name == "iam")
        {
            throw InvalidToken();
        }
    }

    private static QueryException InvalidToken() =>
        new("InvalidClientTokenId", 403, "The security token included in the request is invalid.");

    private string SourceOf(S3Context context) => client.RemoteAddress(context.Http)?.ToString() ?? "";

    /// <summary>Looks the key up and verifies, unless too many have failed from there of late.</summary>
    private async ValueTask<KnownKey> VerifyAsync(S3Context context, SignatureClaim claim, CancellationToken cancellationToken)
    {
        var source = SourceOf(context);
        if (!limits.MayTry(source, claim.AccessKeyId))
        {
            throw TooMany();
        }

        var (known, refusal) = await credentials.FindAsync(claim, cancellationToken);
        refusal ??= claim.Verify(known!.Key.Secret).Failure;
        if (refusal is null)
        {
            return known!;
        }

        limits.Failed(source, claim.AccessKeyId);
        throw Refuse(refusal, context, time.GetUtcNow());
    }

    private static QueryException Refuse(AuthFailure failure, S3Context context, DateTimeOffset now) => failure.Code switch
    {
        "SignatureDoesNotMatch" => new QueryException(
            failure.Code,
            403,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."),
        "RequestTimeTooSkewed" => Skewed(context.Header("x-amz-date") ?? "", now),
        "InvalidToken" or "InvalidAccessKeyId" => InvalidToken(),
        "ExpiredToken" => new QueryException("ExpiredToken", 403, "The security token included in the request is expired"),
        "AccessDenied" => new QueryException("AccessDenied", 403, failure.Message),
        _ => new QueryException("IncompleteSignature", 400, failure.Message),
    };

    private static QueryException Skewed(string date, DateTimeOffset now)
    {
        const int Minutes = 15;
        var isFuture = AmzDate.TryParseBasic(date, out var signed) && signed > now;
        var bound = AmzDate.ToBasic(isFuture ? now.AddMinutes(Minutes) : now.AddMinutes(-Minutes));
        var message = isFuture
            ? $"Signature not yet current: {date} is still later than {bound} ({AmzDate.ToBasic(now)} + {Minutes} min.)"
            : $"Signature expired: {date} is now earlier than {bound} ({AmzDate.ToBasic(now)} - {Minutes} min.)";
        return new QueryException("SignatureDoesNotMatch", 403, message);
    }
}
