namespace S3Cassandra.Auth.Failures;

/// <summary>
/// Why a request was refused, in AWS's words: the S3 error code (the edge's table gives its status), the message, and the further
/// elements of the error document in order (<c>Region</c>, <c>StringToSign</c>, …). Made by <see cref="AuthFailures"/>.
/// </summary>
public sealed record AuthFailure(string Code, string Message)
{
    /// <summary>Further elements of the error document: name and text, not yet escaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];
}
