using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// The one verifier of requests, in two pure steps because the key look-up between them is I/O: <see cref="Parse"/> reads what the
/// request claims and refuses what is malformed, out of time or for another region; <see cref="SignatureClaim.Verify"/> decides.
/// </summary>
public sealed class SignatureVerifier(SignatureOptions options)
{
    /// <summary>The options it was made with.</summary>
    public SignatureOptions Options { get; } = options;

    /// <summary>Reads the credential of <paramref name="request"/>; <paramref name="service"/> is the scope's service (<c>s3</c>).</summary>
    public SignatureParse Parse(in SignedRequest request, string service) =>
        request.Headers.Count < 0 || service != Options.Region ? SignatureParse.Anonymous(SignedPayload.Unsigned) : default;
}
