using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// Tells requests to S3 Control from those to a bucket that is named like its version: they say which account they are about, which no request
/// to a bucket does. Clients put the account's id before the host's name too, or do not.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html"/>
internal static class AccountTarget
{
    /// <summary>The one resource of S3 Control that is here.</summary>
    public const string PublicAccessBlockPath = "/v20180820/configuration/publicAccessBlock";

    private const string VersionPath = "/v20180820/";

    /// <summary>The target that a request means.</summary>
    /// <exception cref="S3Exception">NotImplemented: another resource of S3 Control.</exception>
    public static RequestTarget Of(RequestTarget target, IHeaderDictionary headers)
    {
        if (!target.RawPath.StartsWith(VersionPath, StringComparison.Ordinal) || !headers.ContainsKey("x-amz-account-id"))
        {
            return target;
        }

        return target.RawPath == PublicAccessBlockPath
            ? target with { Kind = RouteTarget.Account, Bucket = "", Key = default, IsVirtualHosted = false }
            : throw new S3Exception(S3Errors.NotImplemented, "Of S3 Control only the public access block is implemented.");
    }
}
