using System.Globalization;
using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V2;

/// <summary>A URL signed with Signature V2: <c>AWSAccessKeyId</c>, <c>Expires</c> in seconds since 1970, <c>Signature</c>.</summary>
internal static class PresignedUrlV2
{
    private const int MaxAccessKeyIdLength = 128;

    public static SignatureParse Parse(in SignedRequest request, QueryCredential query, SignatureOptions options)
    {
        if (!options.SignatureV2Allowed)
        {
            return SignatureParse.Refused(AuthFailures.UnsupportedMechanism());
        }

        if (query.Repeated is { } repeated)
        {
            return SignatureParse.Refused(new AuthFailure("InvalidRequest", $"The {repeated} parameter must be given only once."));
        }

        if (query.V2("AWSAccessKeyId") is not { Length: > 0 and <= MaxAccessKeyIdLength } accessKeyId
            || query.V2("Signature") is not { Length: > 0 } signature
            || query.V2("Expires") is not { Length: > 0 } expires)
        {
            return SignatureParse.Refused(new AuthFailure(
                "AccessDenied", "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"));
        }

        if (SecurityTokenReader.Read(request, query, out var token) is { } wrongToken)
        {
            return SignatureParse.Refused(wrongToken);
        }

        if (CheckExpires(expires, request.Now) is { } expired)
        {
            return SignatureParse.Refused(expired);
        }

        if (ContentSha256.ReadWithoutV4(request.Headers, AuthFailures.SignedChunksWithoutV4(), out var payload) is { } wrongPayload)
        {
            return SignatureParse.Refused(wrongPayload);
        }

        // A '+' that a client left as it is in a base64 value was read as a space.
        return SignatureParse.Of(
            new ClaimV2(request, accessKeyId, signature.Replace(' ', '+'), expires, SignaturePlace.Query, payload) { SecurityToken = token });
    }

    private static AuthFailure? CheckExpires(string text, DateTimeOffset now)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return new AuthFailure("AccessDenied", $"Invalid date (should be seconds since epoch): {text}");
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds(
            Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        return now > expires ? AuthFailures.RequestHasExpired(expires, now, null) : null;
    }
}
