using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>A V4 credential <c>AKID/yyyyMMdd/region/service/aws4_request</c>: the access key and, in one piece, the scope.</summary>
internal readonly record struct CredentialScope(string AccessKeyId, string Scope)
{
    /// <summary>The most characters of an access key id (AWS's data type).</summary>
    public const int MaxAccessKeyIdLength = 128;

    /// <summary>The scope's day, <c>yyyyMMdd</c>.</summary>
    public ReadOnlySpan<char> Day => Scope.AsSpan(0, 8);

    /// <summary>Reads it and compares it with what this server is; the failure is null when all fits.</summary>
    public static AuthFailure? Read(
        ReadOnlySpan<char> credential, string region, string service, SignaturePlace place, out CredentialScope scope)
    {
        scope = default;
        Span<Range> parts = stackalloc Range[6];
        if (credential.Split(parts, '/') != 5)
        {
            return MalformedCredential.Form(place);
        }

        var accessKeyId = credential[parts[0]];
        if (accessKeyId.Length is 0 or > MaxAccessKeyIdLength)
        {
            return MalformedCredential.Form(place);
        }

        if (credential[parts[4]] is not "aws4_request")
        {
            return MalformedCredential.Terminal(place, credential[parts[4]].ToString());
        }

        if (!credential[parts[3]].SequenceEqual(service))
        {
            return MalformedCredential.Service(place, credential[parts[3]].ToString(), service);
        }

        if (!credential[parts[2]].SequenceEqual(region))
        {
            return MalformedCredential.Region(place, credential[parts[2]].ToString(), region);
        }

        if (!AmzDate.IsDay(credential[parts[1]]))
        {
            return MalformedCredential.Day(place, credential[parts[1]].ToString());
        }

        scope = new CredentialScope(accessKeyId.ToString(), credential[(accessKeyId.Length + 1)..].ToString());
        return null;
    }
}
