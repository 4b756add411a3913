namespace S3Cassandra.S3Server.Errors;

/// <summary>Ends a request with an S3 error. Thrown by parsers and operations, turned into a response in one place.</summary>
internal sealed class S3Exception(S3Error error, string? message = null, params (string Name, string Value)[] details)
    : Exception(message ?? error.Message)
{
    public S3Error Error => error;

    /// <summary>The methods that a 405 names in its Allow header.</summary>
    public string? Allow { get; init; }

    /// <summary>More elements of the error document, such as Key, BucketName or Region.</summary>
    public IReadOnlyList<(string Name, string Value)> Details => details;
}
