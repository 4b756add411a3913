using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http;

/// <summary>The account that a request expects a bucket to belong to, so that it does nothing in another that took the name.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html"/>
internal static class ExpectedOwner
{
    /// <summary>Of the bucket that the request is for.</summary>
    public const string Header = "x-amz-expected-bucket-owner";

    /// <summary>Of the bucket that a copy takes from.</summary>
    public const string SourceHeader = "x-amz-source-expected-bucket-owner";

    private const int AccountIdLength = 12;

    /// <exception cref="S3Exception">The header is there and names no account, or another than the bucket's.</exception>
    public static void Check(S3Context context, string header, string owner)
    {
        if (context.Header(header) is not { } expected || expected == owner)
        {
            return;
        }

        throw expected.Length == AccountIdLength && expected.All(char.IsAsciiDigit)
            ? new S3Exception(S3Errors.AccessDenied)
            : new S3Exception(
                S3Errors.InvalidBucketOwnerAWSAccountID,
                $"The value of the expected bucket owner parameter must be an AWS Account ID... [{expected}]");
    }
}
