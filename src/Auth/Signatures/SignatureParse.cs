using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// What a request says of its sender before any key is looked up. Exactly one of three: <see cref="Failure"/> is set;
/// <see cref="Claim"/> is set; neither, and the request is anonymous.
/// </summary>
public readonly record struct SignatureParse
{
    private SignatureParse(SignatureClaim? claim, AuthFailure? failure, SignedPayload payload)
    {
        Claim = claim;
        Failure = failure;
        Payload = payload;
    }

    /// <summary>What the sender claims; to be verified with the secret of its access key.</summary>
    public SignatureClaim? Claim { get; }

    /// <summary>Why the request is refused.</summary>
    public AuthFailure? Failure { get; }

    /// <summary>How the body is to be read; of an anonymous request final, of a claim only once it is verified.</summary>
    public SignedPayload Payload { get; }

    /// <summary>Whether the request carries no credential at all.</summary>
    public bool IsAnonymous => Claim is null && Failure is null;

    internal static SignatureParse Anonymous(SignedPayload payload) => new(null, null, payload);

    internal static SignatureParse Of(SignatureClaim claim) => new(claim, null, claim.Payload);

    internal static SignatureParse Refused(AuthFailure failure) => new(null, failure, default);
}
