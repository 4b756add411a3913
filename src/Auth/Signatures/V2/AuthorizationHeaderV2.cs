using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V2;

/// <summary><c>Authorization: AWS AKID:signature</c>.</summary>
internal static class AuthorizationHeaderV2
{
    public const string Scheme = "AWS";

    private const int MaxAccessKeyIdLength = 128;

    public static SignatureParse Parse(in SignedRequest request, string credential, SignatureOptions options)
    {
        if (!options.SignatureV2Allowed)
        {
            return SignatureParse.Refused(AuthFailures.UnsupportedMechanism());
        }

        var colon = credential.LastIndexOf(':');
        if (colon is < 1 or > MaxAccessKeyIdLength || credential.AsSpan().ContainsAny(" ,"))
        {
            return SignatureParse.Refused(AuthFailures.InvalidArgument(
                "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", "Authorization", null));
        }

        if (SecurityTokenReader.Read(request, null, out var token) is { } wrongToken)
        {
            return SignatureParse.Refused(wrongToken);
        }

        if (ReadDate(request, options, out var date) is { } wrongDate)
        {
            return SignatureParse.Refused(wrongDate);
        }

        if (ContentSha256.ReadWithoutV4(request.Headers, AuthFailures.SignedChunksWithoutV4(), out var payload) is { } wrongPayload)
        {
            return SignatureParse.Refused(wrongPayload);
        }

        return SignatureParse.Of(
            new ClaimV2(request, credential[..colon], credential[(colon + 1)..], date, SignaturePlace.Header, payload) { SecurityToken = token });
    }

    /// <summary>What the string to sign has in the date's place: Date as sent, or nothing beside x-amz-date, which then counts.</summary>
    private static AuthFailure? ReadDate(in SignedRequest request, SignatureOptions options, out string signed)
    {
        var amzDate = request.Headers.Find("x-amz-date");
        var sent = amzDate ?? request.Headers.Find("date");
        signed = amzDate is null && sent is not null ? sent.Trim() : "";
        if (sent is null || !AmzDate.TryParse(sent.Trim(), out var date))
        {
            return AuthFailures.MissingDate();
        }

        return (date - request.Now).Duration() > options.AllowedClockSkew
            ? AuthFailures.RequestTimeTooSkewed(sent, request.Now, options.AllowedClockSkew)
            : null;
    }
}
