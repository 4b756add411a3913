namespace S3Cassandra.Auth.Failures;

/// <summary>Everything that can be wrong with a request's credential.</summary>
public static class AuthFailures
{
    /// <summary>The caller found no such access key (403). Looks the same as any other unknown key, however it is unknown.</summary>
    public static AuthFailure InvalidAccessKeyId(string accessKeyId) =>
        new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
        {
            Details = [new("AWSAccessKeyId", accessKeyId)],
        };

    /// <summary>The body's SHA-256 is not the one that was signed (400).</summary>
    public static AuthFailure ContentSha256Mismatch(string clientSha256, string serverSha256) =>
        new("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
        {
            Details = [new("ClientComputedContentSHA256", clientSha256), new("S3ComputedContentSHA256", serverSha256)],
        };

    /// <summary>A chunk's or trailer's signature does not hold (403).</summary>
    public static AuthFailure ChunkSignatureDoesNotMatch() => new("SignatureDoesNotMatch", SignatureMessage);

    internal const string SignatureMessage =
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
}
