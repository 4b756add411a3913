using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>
/// <c>Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>: three components in any order, separated by commas
/// with or without spaces.
/// </summary>
internal static class AuthorizationHeaderV4
{
    public const string Scheme = "AWS4-HMAC-SHA256";

    public static SignatureParse Parse(
        in SignedRequest request, ReadOnlyMemory<char> components, string service, SignatureOptions options, SigningKeyCache keys)
    {
        if (Split(components, out var credentialText, out var signedHeaders, out var signature) is { } malformed)
        {
            return SignatureParse.Refused(malformed);
        }

        if (CredentialScope.Read(credentialText.Span, options.Region, service, SignaturePlace.Header, out var credential) is { } wrongScope)
        {
            return SignatureParse.Refused(wrongScope);
        }

        if (SecurityTokenReader.Read(request, null, out var token) is { } wrongToken)
        {
            return SignatureParse.Refused(wrongToken);
        }

        if (ReadTimestamp(request, credential, options, out var timestamp) is { } wrongTime)
        {
            return SignatureParse.Refused(wrongTime);
        }

        if ((request.BodySha256 ?? request.Headers.Find(ContentSha256.HeaderName)) is not { } payloadHash)
        {
            return SignatureParse.Refused(AuthFailures.MissingContentSha256());
        }

        if ((ContentSha256.Read(payloadHash, out var payload) ?? SignedHeaderRules.Check(request, signedHeaders.Span, null)) is { } refusal)
        {
            return SignatureParse.Refused(refusal);
        }

        return SignatureParse.Of(new ClaimV4(request, credential, SignaturePlace.Header, payload, keys)
        {
            Timestamp = timestamp,
            SignedHeaders = signedHeaders,
            Signature = signature,
            PayloadHash = payloadHash,
            SecurityToken = token,
        });
    }

    private static AuthFailure? Split(
        ReadOnlyMemory<char> components,
        out ReadOnlyMemory<char> credential,
        out ReadOnlyMemory<char> signedHeaders,
        out ReadOnlyMemory<char> signature)
    {
        credential = signedHeaders = signature = default;
        Span<Range> ranges = stackalloc Range[4];
        if (components.Span.Split(ranges, ',', StringSplitOptions.TrimEntries) != 3)
        {
            return MalformedCredential.MissingComponents();
        }

        foreach (var range in ranges[..3])
        {
            var component = components[range];
            var equals = component.Span.IndexOf('=');
            if (equals < 0)
            {
                return MalformedCredential.MalformedComponent(component.ToString());
            }

            var value = component[(equals + 1)..].Trim();
            switch (component.Span[..equals].Trim())
            {
                case "Credential":
                    credential = value;
                    break;
                case "SignedHeaders":
                    signedHeaders = value;
                    break;
                case "Signature":
                    signature = value;
                    break;
            }
        }

        return credential.IsEmpty ? MalformedCredential.MissingComponent("Credential")
            : signedHeaders.IsEmpty ? MalformedCredential.MissingComponent("SignedHeaders")
            : signature.IsEmpty ? MalformedCredential.MissingComponent("Signature")
            : null;
    }

    /// <summary>The time of x-amz-date, or of Date where that did not come: near the server's clock and on the scope's day.</summary>
    private static AuthFailure? ReadTimestamp(
        in SignedRequest request, CredentialScope credential, SignatureOptions options, out string timestamp)
    {
        timestamp = "";
        DateTimeOffset date;
        if (request.Headers.Find("x-amz-date") is { } amzDate)
        {
            if (!AmzDate.TryParseBasic(amzDate, out date))
            {
                return AuthFailures.MissingDate();
            }

            timestamp = amzDate;
        }
        else
        {
            if (request.Headers.Find("date") is not { } httpDate || !AmzDate.TryParse(httpDate, out date))
            {
                return AuthFailures.MissingDate();
            }

            timestamp = AmzDate.ToBasic(date);
        }

        if (!credential.Day.SequenceEqual(timestamp.AsSpan(0, 8)))
        {
            return MalformedCredential.OtherDay(SignaturePlace.Header, credential.Day.ToString(), timestamp[..8]);
        }

        return (date - request.Now).Duration() > options.AllowedClockSkew
            ? AuthFailures.RequestTimeTooSkewed(timestamp, request.Now, options.AllowedClockSkew)
            : null;
    }
}
