using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Signatures.V4;

namespace S3Cassandra.Auth.Forms;

/// <summary>Reads the credential of an upload form from its fields: Signature V4's five, Signature V2's three, or none.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html"/>
internal static class FormCredential
{
    private const string Policy = "policy";
    private const string SecurityToken = "x-amz-security-token";
    private const string Credential = "x-amz-credential";
    private const string Algorithm = "x-amz-algorithm";
    private const string Date = "x-amz-date";
    private const string SignatureV4 = "x-amz-signature";
    private const string AccessKeyId = "AWSAccessKeyId";
    private const string SignatureV2 = "Signature";

    /// <summary>A signing key, and so what it signed, is good for a week (AWS: "Amazon S3 signature version 4 authentication specific policy keys").</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    public static SignatureParse Read(FormFields form, string service, SignatureOptions options, DateTimeOffset now, SigningKeyCache keys)
    {
        var isV4 = form.Has(Algorithm) || form.Has(Credential) || form.Has(Date) || form.Has(SignatureV4);
        var isV2 = form.Has(AccessKeyId) || form.Has(SignatureV2);
        if (isV4 && isV2)
        {
            return SignatureParse.Refused(AuthFailures.OnlyOneMechanism());
        }

        // The policy has to cover it, as it has every field.
        if (form.Get(SecurityToken) is { Length: 0 })
        {
            return SignatureParse.Refused(AuthFailures.InvalidToken());
        }

        return isV4 ? ReadV4(form, service, options, now, keys) : isV2 ? ReadV2(form, options) : SignatureParse.Anonymous(SignedPayload.Unsigned);
    }

    private static SignatureParse ReadV4(FormFields form, string service, SignatureOptions options, DateTimeOffset now, SigningKeyCache keys)
    {
        if (Missing(form, [Algorithm, Credential, Date, Policy, SignatureV4]) is { } missing)
        {
            return SignatureParse.Refused(missing);
        }

        if (form.Get(Algorithm) is not "AWS4-HMAC-SHA256" and var algorithm)
        {
            return SignatureParse.Refused(Invalid("Only AWS4-HMAC-SHA256 is supported", "X-Amz-Algorithm", algorithm!));
        }

        var date = form.Get(Date)!;
        if (!AmzDate.TryParseBasic(date, out var signed))
        {
            return SignatureParse.Refused(Invalid("X-Amz-Date must be formated via ISO8601 Long format", "X-Amz-Date", date));
        }

        var text = form.Get(Credential)!;
        if (CredentialScope.Read(text, options.Region, service, SignaturePlace.Form, out var credential) is { } malformed)
        {
            return SignatureParse.Refused(Invalid(malformed.Message, Credential, text, malformed.Details));
        }

        if (!credential.Day.SequenceEqual(date.AsSpan(0, 8)))
        {
            return SignatureParse.Refused(
                Invalid(MalformedCredential.OtherDay(SignaturePlace.Form, credential.Day.ToString(), date[..8]).Message, Credential, text));
        }

        return CheckAge(signed, options, now) is { } wrongTime
            ? SignatureParse.Refused(wrongTime)
            : SignatureParse.Of(new FormClaimV4(credential, form.Get(Policy)!, form.Get(SignatureV4)!, keys) { SecurityToken = form.Get(SecurityToken) });
    }

    private static AuthFailure? CheckAge(DateTimeOffset signed, SignatureOptions options, DateTimeOffset now) =>
        now - signed > MaxAge ? PostPolicyFailures.Expired()
        : signed - now > options.AllowedClockSkew ? new AuthFailure("AccessDenied", "Request is not yet valid")
        : null;

    private static SignatureParse ReadV2(FormFields form, SignatureOptions options)
    {
        if (!options.SignatureV2Allowed)
        {
            return SignatureParse.Refused(AuthFailures.UnsupportedMechanism());
        }

        if (Missing(form, [AccessKeyId, Policy, SignatureV2]) is { } missing)
        {
            return SignatureParse.Refused(missing);
        }

        var key = form.Get(AccessKeyId)!;
        return key.Length is 0 or > CredentialScope.MaxAccessKeyIdLength
            ? SignatureParse.Refused(AuthFailures.InvalidAccessKeyId(key))
            : SignatureParse.Of(new FormClaimV2(key, form.Get(Policy)!, form.Get(SignatureV2)!) { SecurityToken = form.Get(SecurityToken) });
    }

    private static AuthFailure? Missing(FormFields form, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!form.Has(name))
            {
                return PostPolicyFailures.MissingField(name);
            }
        }

        return null;
    }

    private static AuthFailure Invalid(string message, string name, string value, IReadOnlyList<KeyValuePair<string, string>>? more = null)
    {
        var failure = AuthFailures.InvalidArgument(message, name, value);
        return more is null ? failure : failure with { Details = [.. failure.Details, .. more] };
    }
}
