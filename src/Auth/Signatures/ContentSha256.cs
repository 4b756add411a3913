using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// x-amz-content-sha256: the payload mode. In Signature V4 its value is the last line of the canonical request whether the header is
/// signed or not, so no other mode can be slipped in under a signature.
/// </summary>
internal static class ContentSha256
{
    public const string HeaderName = "x-amz-content-sha256";

    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private const string EcdsaStart = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";

    /// <summary>Reads the value; the failure is null when it is one.</summary>
    public static AuthFailure? Read(string value, out SignedPayload payload)
    {
        payload = default;
        switch (value)
        {
            case UnsignedPayload:
                return null;
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
                payload = new SignedPayload(PayloadMode.StreamingSigned, null);
                return null;
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
                payload = new SignedPayload(PayloadMode.StreamingSignedTrailer, null);
                return null;
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
                payload = new SignedPayload(PayloadMode.StreamingUnsignedTrailer, null);
                return null;
            case EcdsaStart or EcdsaStart + "-TRAILER":
                return AuthFailures.UnsupportedMechanism();
        }

        var sha256 = new byte[32];
        if (value.Length != 64 || Convert.FromHexString(value, sha256, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return AuthFailures.InvalidContentSha256(value);
        }

        payload = new SignedPayload(PayloadMode.Signed, sha256);
        return null;
    }

    /// <summary>
    /// Reads the payload mode of a request without a credential. What is no hash and does not look like a mode counts as the hash of no body:
    /// nobody signed it, so that its form does not matter, and it is compared.
    /// </summary>
    public static AuthFailure? ReadAnonymous(IRequestHeaders headers, out SignedPayload payload)
    {
        var failure = ReadWithoutV4(headers, AuthFailures.SignedChunksOfNobody(), out payload);
        if (failure is not { Code: "InvalidArgument" } || headers.Find(HeaderName)!.StartsWith("STREAMING-", StringComparison.OrdinalIgnoreCase))
        {
            return failure;
        }

        payload = new SignedPayload(PayloadMode.Signed, []);
        return null;
    }

    /// <summary>
    /// Reads the payload mode where Signature V4 does not (anonymous, V2): a mode whose chunks are signed has no key there. boto3 sends
    /// aws-chunked with a trailer and no x-amz-content-sha256 in these, so the framing headers count too.
    /// </summary>
    public static AuthFailure? ReadWithoutV4(IRequestHeaders headers, AuthFailure whenSigned, out SignedPayload payload)
    {
        payload = default;
        if (headers.Find(HeaderName) is { } value)
        {
            return Read(value, out payload)
                ?? (payload.Mode is PayloadMode.StreamingSigned or PayloadMode.StreamingSignedTrailer ? whenSigned : null);
        }

        if (headers.Has("x-amz-trailer")
            && headers.Has("x-amz-decoded-content-length")
            && headers.Find("content-encoding") is { } encoding
            && encoding.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase))
        {
            payload = new SignedPayload(PayloadMode.StreamingUnsignedTrailer, null);
        }

        return null;
    }
}
