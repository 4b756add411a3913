using System.Globalization;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Failures;

/// <summary>Everything that can be wrong with a request's credential, in AWS's words, whichever signature it carries.</summary>
public static class AuthFailures
{
    internal const string SignatureMessage =
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.";

    /// <summary>The caller found no such access key (403). Looks the same as any other unknown key, however it is unknown.</summary>
    public static AuthFailure InvalidAccessKeyId(string accessKeyId) =>
        new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
        {
            Details = [new("AWSAccessKeyId", accessKeyId)],
        };

    /// <summary>The body's SHA-256 is not the one that was signed (400).</summary>
    public static AuthFailure ContentSha256Mismatch(string clientSha256, string serverSha256) =>
        new("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
        {
            Details = [new("ClientComputedContentSHA256", clientSha256), new("S3ComputedContentSHA256", serverSha256)],
        };

    /// <summary>A chunk's or trailer's signature does not hold (403).</summary>
    public static AuthFailure ChunkSignatureDoesNotMatch() => new("SignatureDoesNotMatch", SignatureMessage);

    /// <summary>No permission, and nothing more to say (403).</summary>
    public static AuthFailure AccessDenied() => new("AccessDenied", "Access Denied");

    /// <summary>More than one of Authorization header, V4 query and V2 query (400).</summary>
    internal static AuthFailure OnlyOneMechanism() => InvalidArgument(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
        + "Authorization header should be specified",
        "Authorization",
        null);

    /// <summary>An Authorization header that is no scheme with a credential after it (400).</summary>
    internal static AuthFailure AuthorizationWithoutCredential(string value) => InvalidArgument(
        "Authorization header is invalid -- one and only one ' ' (space) required.", "Authorization", value);

    /// <summary>An Authorization header of another scheme (400). The value is not repeated: Basic's is a password.</summary>
    internal static AuthFailure UnsupportedAuthorizationType(string scheme) =>
        InvalidArgument("Unsupported Authorization Type", "Authorization", scheme);

    /// <summary>A signature that is switched off here, or that this server does not know (400).</summary>
    internal static AuthFailure UnsupportedMechanism() =>
        new("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    /// <summary>No date that can be read (403).</summary>
    internal static AuthFailure MissingDate() =>
        new("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header.");

    /// <summary>The request's date is too far from the server's (403).</summary>
    internal static AuthFailure RequestTimeTooSkewed(string requestTime, DateTimeOffset now, TimeSpan allowed) =>
        new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
        {
            Details =
            [
                new("RequestTime", requestTime),
                new("ServerTime", AmzDate.ToExtended(now)),
                new("MaxAllowedSkewMilliseconds", ((long)allowed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)),
            ],
        };

    /// <summary>A URL whose time is over (403).</summary>
    internal static AuthFailure RequestHasExpired(DateTimeOffset expired, DateTimeOffset now, string? amzExpires) =>
        new("AccessDenied", "Request has expired.")
        {
            Details = amzExpires is null
                ? [new("Expires", AmzDate.ToExtended(expired)), new("ServerTime", AmzDate.ToExtended(now))]
                : [new("X-Amz-Expires", amzExpires), new("Expires", AmzDate.ToExtended(expired)), new("ServerTime", AmzDate.ToExtended(now))],
        };

    /// <summary>A URL whose time has not come (403). AWS shows its date as milliseconds since 1970.</summary>
    internal static AuthFailure RequestNotYetValid(DateTimeOffset date, DateTimeOffset expires, DateTimeOffset now) =>
        new("AccessDenied", "Request is not yet valid")
        {
            Details =
            [
                new("X-Amz-Date", date.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
                new("Expires", AmzDate.ToExtended(expires)),
                new("ServerTime", AmzDate.ToExtended(now)),
            ],
        };

    /// <summary>A session token whose time is over (400).</summary>
    public static AuthFailure ExpiredToken() => new("ExpiredToken", "The provided token has expired.");

    /// <summary>A session token that is none, is not this key's, or came with a key that has none (400).</summary>
    public static AuthFailure InvalidToken() => new("InvalidToken", "The provided token is malformed or otherwise invalid.");

    /// <summary>Headers that a signature has to cover and does not (403).</summary>
    internal static AuthFailure HeadersNotSigned(IEnumerable<string> names) =>
        new("AccessDenied", "There were headers present in the request which were not signed")
        {
            Details = [new("HeadersNotSigned", string.Join(", ", names))],
        };

    /// <summary>Signature V4 in a header without x-amz-content-sha256 (400).</summary>
    internal static AuthFailure MissingContentSha256() =>
        new("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");

    /// <summary>x-amz-content-sha256 is neither a hash nor one of the payload modes (400).</summary>
    internal static AuthFailure InvalidContentSha256(string value) => InvalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, "
        + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
        + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
        "x-amz-content-sha256",
        value);

    /// <summary>Signed chunks in a request whose signature is not V4 (400).</summary>
    internal static AuthFailure SignedChunksWithoutV4() =>
        new("InvalidRequest", "Signed chunks of a streaming payload require Signature Version 4 (AWS4-HMAC-SHA256).");

    /// <summary>Signed chunks in a request without a credential (400).</summary>
    internal static AuthFailure SignedChunksOfNobody() => new(
        "InvalidRequest",
        "Anonymous requests don't support this x-amz-content-sha256 value. Please use UNSIGNED-PAYLOAD or STREAMING-UNSIGNED-PAYLOAD-TRAILER.");

    /// <summary>An argument that cannot be (400).</summary>
    internal static AuthFailure InvalidArgument(string message, string name, string? value) =>
        new("InvalidArgument", message)
        {
            Details = value is null ? [new("ArgumentName", name)] : [new("ArgumentName", name), new("ArgumentValue", value)],
        };
}
