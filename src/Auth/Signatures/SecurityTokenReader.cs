using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// Finds the session token of a request: in the header x-amz-security-token, or in a URL's parameter of that name. That the signature covers
/// it is for each signature to see to.
/// </summary>
internal static class SecurityTokenReader
{
    public const string Name = "x-amz-security-token";

    /// <summary>The token, null where none came. Two different ones, or an empty one, are refused.</summary>
    public static AuthFailure? Read(in SignedRequest request, QueryCredential? query, out string? token)
    {
        var index = request.Headers.IndexOf(Name);
        var header = index < 0 ? null : request.Headers.ValueAt(index, 0).Trim();
        var parameter = query?.Amz(Name);
        token = header ?? parameter;
        var isAmbiguous = (index >= 0 && request.Headers.ValueCountAt(index) > 1)
            || (header is not null && parameter is not null && header != parameter);
        return isAmbiguous || token?.Length == 0 ? AuthFailures.InvalidToken() : null;
    }
}
