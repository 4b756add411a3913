using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>
/// Which headers a V4 signature must cover: Host and every <c>x-amz-*</c> that came, or whoever holds a URL could add to its meaning (an
/// unsigned x-amz-copy-source turns an upload into a read). Exempt are x-amz-content-sha256, whose value is signed in any case, and,
/// beside a presigned URL, a header that repeats what the URL's own parameter of that name says.
/// </summary>
internal static class SignedHeaderRules
{
    /// <summary>The most headers that may be signed.</summary>
    public const int MaxSignedHeaders = 128;

    public static AuthFailure? Check(in SignedRequest request, ReadOnlySpan<char> signedHeaders, QueryCredential? query)
    {
        if (signedHeaders.Count(';') >= MaxSignedHeaders)
        {
            return MalformedCredential.TooManySignedHeaders(
                query is null ? SignaturePlace.Header : SignaturePlace.Query, MaxSignedHeaders);
        }

        List<string>? unsigned = null;
        if (!IsSigned(signedHeaders, "host"))
        {
            unsigned = ["host"];
        }

        var headers = request.Headers;
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers.NameAt(i);
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !IsSigned(signedHeaders, name)
                && !name.Equals(ContentSha256.HeaderName, StringComparison.OrdinalIgnoreCase)
                && (query?.Amz(name) is not { } hoisted || hoisted != headers.Find(name)))
            {
                (unsigned ??= []).Add(name.ToLowerInvariant());
            }
        }

        return unsigned is null ? null : AuthFailures.HeadersNotSigned(unsigned);
    }

    private static bool IsSigned(ReadOnlySpan<char> signedHeaders, ReadOnlySpan<char> name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
