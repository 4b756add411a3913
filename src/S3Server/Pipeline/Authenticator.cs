using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Forms;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Decides who sends a request and how its body is to be read, before a byte of it is: the one place that calls the verifier. Without a
/// credential the sender is anonymous.
/// </summary>
internal sealed class Authenticator(SignatureVerifier verifier, RequestCredentials credentials, TimeProvider time)
{
    private const string Service = "s3";

    private readonly FormVerifier _forms = new(verifier.Options);

    /// <exception cref="S3Exception">The credential does not hold.</exception>
    public async ValueTask<(SignatureVerdict? Verdict, SignedPayload Payload)> AuthenticateAsync(
        S3Context context, RequestHeaders headers, CancellationToken cancellationToken)
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
            VirtualHostedBucket = target.IsVirtualHosted ? target.Bucket : null,
        };
        var parse = verifier.Parse(request, Service);
        if (parse.Failure is { } malformed)
        {
            throw Refuse(malformed);
        }

        if (parse.Claim is not { } claim)
        {
            return (null, parse.Payload);
        }

        var verdict = await IdentifyAsync(context, claim, cancellationToken);
        if (claim is { Place: SignaturePlace.Query, Version: SignatureVersion.V4 })
        {
            HoistedHeaders.Apply(context);
        }

        return (verdict, verdict.Payload);
    }

    /// <summary>Decides who sends an upload form, by the credential in its fields.</summary>
    /// <exception cref="S3Exception">The credential does not hold.</exception>
    public async ValueTask AuthenticateFormAsync(S3Context context, FormFields form, CancellationToken cancellationToken)
    {
        var parse = _forms.Parse(form, Service, time.GetUtcNow());
        if (parse.Failure is { } malformed)
        {
            throw Refuse(malformed);
        }

        if (parse.Claim is { } claim)
        {
            await IdentifyAsync(context, claim, cancellationToken);
        }
    }

    /// <summary>The S3 error of a failure that Auth found.</summary>
    public static S3Exception Refuse(AuthFailure failure) =>
        new(S3Errors.Named(failure.Code), failure.Message, [.. failure.Details.Select(detail => (detail.Key, detail.Value))]);

    private async ValueTask<SignatureVerdict> IdentifyAsync(S3Context context, SignatureClaim claim, CancellationToken cancellationToken)
    {
        var (known, refusal) = await credentials.FindAsync(claim, cancellationToken);
        if (known is null)
        {
            throw Refuse(refusal!);
        }

        var verdict = claim.Verify(known.Key.Secret);
        if (verdict.Failure is { } failure)
        {
            throw Refuse(failure);
        }

        known.Use?.Note(time.GetUtcNow(), Service);
        context.Identity = known.Key.Identity;
        context.Policies = known.Policies;
        context.AccessKeyId = claim.AccessKeyId;
        context.Session = known.Session;
        context.Signature = new RequestSignature(claim.Version, claim.Place);
        return verdict;
    }
}
