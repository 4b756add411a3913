using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Signatures;

namespace S3Cassandra.Auth.Tests.Support;

/// <summary>A request taken through both steps of the verifier, as a server does it that knows one key.</summary>
internal sealed record Verification(AuthFailure? Failure, SignatureClaim? Claim, SignedPayload Payload, ChunkSignatures? Chunks)
{
    public static SignatureOptions Options { get; } = new() { Region = "us-east-1" };

    public bool IsAnonymous => Failure is null && Claim is null;

    public bool IsValid => Failure is null && Claim is not null;

    public static Verification Of(
        TestRequest request, SignatureOptions? options = null, string accessKeyId = Keys.Id, string secret = Keys.Secret)
    {
        var parse = new SignatureVerifier(options ?? Options).Parse(request.ToSigned(), "s3");
        if (parse.Claim is not { } claim)
        {
            return new(parse.Failure, null, parse.Payload, null);
        }

        if (claim.AccessKeyId != accessKeyId)
        {
            return new(AuthFailures.InvalidAccessKeyId(claim.AccessKeyId), claim, default, null);
        }

        var verdict = claim.Verify(secret);
        return new(verdict.Failure, claim, verdict.Payload, verdict.Chunks);
    }

    /// <summary>Asserts that the signature holds.</summary>
    public Verification Holds()
    {
        Assert.Null(Failure);
        Assert.NotNull(Claim);
        return this;
    }

    /// <summary>Asserts that the request is refused with this code; returns the failure.</summary>
    public AuthFailure Refused(string code)
    {
        Assert.NotNull(Failure);
        Assert.Equal(code, Failure.Code);
        Assert.Null(Chunks);
        return Failure;
    }

    /// <summary>A detail of the failure.</summary>
    public string? Detail(string name) => Failure?.Details.FirstOrDefault(detail => detail.Key == name).Value;
}
