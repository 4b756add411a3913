using System.Globalization;
using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>A URL signed with Signature V4 (AWS: "Authenticating Requests: Using Query Parameters").</summary>
internal static class PresignedUrlV4
{
    /// <summary>The longest that a URL may be valid: seven days.</summary>
    public const int MaxExpires = 604_800;

    /// <summary>How many seconds a URL is valid that does not say it, which services other than S3 allow: as long as a signed header.</summary>
    private const string DefaultExpires = "900";

    public static SignatureParse Parse(
        in SignedRequest request, QueryCredential query, string service, SignatureOptions options, SigningKeyCache keys)
    {
        if (CheckParameters(query, needsExpiry: request.BodySha256 is null) is { } malformed)
        {
            return SignatureParse.Refused(malformed);
        }

        var wrongScope = CredentialScope.Read(
            query.Amz("X-Amz-Credential"), options.Region, service, SignaturePlace.Query, out var credential);
        if (wrongScope is not null)
        {
            return SignatureParse.Refused(wrongScope);
        }

        if (SecurityTokenReader.Read(request, query, out var token) is { } wrongToken)
        {
            return SignatureParse.Refused(wrongToken);
        }

        if (CheckTime(request, query, credential, options) is { } wrongTime)
        {
            return SignatureParse.Refused(wrongTime);
        }

        var signedHeaders = query.Amz("X-Amz-SignedHeaders") ?? "";
        var payloadHash = request.BodySha256
            ?? request.Headers.Find(ContentSha256.HeaderName)
            ?? query.Amz(ContentSha256.HeaderName)
            ?? ContentSha256.UnsignedPayload;
        if ((ContentSha256.Read(payloadHash, out var payload) ?? SignedHeaderRules.Check(request, signedHeaders, query)) is { } refusal)
        {
            return SignatureParse.Refused(refusal);
        }

        return SignatureParse.Of(new ClaimV4(request, credential, SignaturePlace.Query, payload, keys)
        {
            Timestamp = query.Amz("X-Amz-Date") ?? "",
            SignedHeaders = signedHeaders.AsMemory(),
            Signature = query.Amz("X-Amz-Signature").AsMemory(),
            PayloadHash = payloadHash,
            SecurityToken = token,
        });
    }

    private static AuthFailure? CheckParameters(QueryCredential query, bool needsExpiry)
    {
        if (query.Repeated is { } repeated)
        {
            return MalformedCredential.RepeatedParameter(repeated);
        }

        if (query.Amz("X-Amz-Algorithm") is { } algorithm && algorithm != AuthorizationHeaderV4.Scheme)
        {
            return algorithm == "AWS4-ECDSA-P256-SHA256" ? MalformedCredential.OnlyHmac() : MalformedCredential.UnknownAlgorithm();
        }

        var isComplete = query.Amz("X-Amz-Algorithm") is not null
            && query.Amz("X-Amz-Credential") is not null
            && query.Amz("X-Amz-Signature") is not null
            && query.Amz("X-Amz-Date") is not null
            && query.Amz("X-Amz-SignedHeaders") is not null
            && (query.Amz("X-Amz-Expires") is not null || !needsExpiry);
        return isComplete ? null : MalformedCredential.MissingParameters();
    }

    private static AuthFailure? CheckTime(
        in SignedRequest request, QueryCredential query, CredentialScope credential, SignatureOptions options)
    {
        var amzDate = query.Amz("X-Amz-Date") ?? "";
        var amzExpires = query.Amz("X-Amz-Expires") ?? DefaultExpires;
        if (!AmzDate.TryParseBasic(amzDate, out var date))
        {
            return MalformedCredential.Date();
        }

        if (!credential.Day.SequenceEqual(amzDate.AsSpan(0, 8)))
        {
            return MalformedCredential.OtherDay(SignaturePlace.Query, credential.Day.ToString(), amzDate[..8]);
        }

        if (ReadExpires(amzExpires, out var seconds) is { } malformed)
        {
            return malformed;
        }

        if (DateTimeOffset.MaxValue - date < TimeSpan.FromSeconds(seconds))
        {
            return MalformedCredential.Date();
        }

        var expires = date.AddSeconds(seconds);
        return date - request.Now > options.AllowedClockSkew ? AuthFailures.RequestNotYetValid(date, expires, request.Now)
            : request.Now > expires ? AuthFailures.RequestHasExpired(expires, request.Now, amzExpires)
            : null;
    }

    private static AuthFailure? ReadExpires(string text, out int seconds)
    {
        seconds = 0;
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return MalformedCredential.ExpiresNotANumber();
        }

        if (text.StartsWith('-'))
        {
            return MalformedCredential.ExpiresNegative();
        }

        var isInRange = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= MaxExpires;
        return !isInRange ? MalformedCredential.ExpiresTooLarge()
            : seconds == 0 ? MalformedCredential.ExpiresZero()
            : null;
    }
}
