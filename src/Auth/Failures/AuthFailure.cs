namespace S3Cassandra.Auth.Failures;

/// <summary>
/// Why a request was refused, in AWS's words: the S3 error code (the edge's table gives its status), the message, and the further
/// elements of the error document in order (<c>Region</c>, <c>StringToSign</c>, …). The codes: AccessDenied,
/// AuthorizationHeaderMalformed, AuthorizationQueryParametersError, ExpiredToken, InvalidAccessKeyId, InvalidArgument, InvalidRequest,
/// InvalidToken, RequestTimeTooSkewed, SignatureDoesNotMatch, XAmzContentSHA256Mismatch. The details repeat what the client sent, its signature
/// included: they go to the client and into no log.
/// </summary>
public sealed record AuthFailure(string Code, string Message)
{
    /// <summary>Further elements of the error document: name and text, not yet escaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];
}
