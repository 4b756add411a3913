using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>
/// x-amz-website-redirect-location: kept with the object and given back, as AWS does in buckets that are no website. A copy has it only where
/// the request that makes it says so.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html"/>
internal static class WebsiteRedirect
{
    public const string Header = "x-amz-website-redirect-location";

    /// <summary>2 KB.</summary>
    private const int MaxLength = 2048;

    /// <summary>Where to; null where the request does not say.</summary>
    /// <exception cref="S3Exception">InvalidRedirectLocation: it is too long, or no path and no address of HTTP.</exception>
    public static string? Parse(S3Context context)
    {
        if (context.Header(Header) is not { Length: > 0 } location)
        {
            return null;
        }

        if (!location.StartsWith('/')
            && !location.StartsWith("http://", StringComparison.Ordinal)
            && !location.StartsWith("https://", StringComparison.Ordinal))
        {
            throw new S3Exception(S3Errors.InvalidRedirectLocation);
        }

        return location.Length <= MaxLength ? ObjectDescription.CheckedValue(Header, location) : throw new S3Exception(
            S3Errors.InvalidRedirectLocation, "The length of website redirect location cannot exceed 2,048 characters.");
    }
}
