using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// What S3 lets nobody do without a credential, whatever policies and access control lists say: refused before anything of it is looked at.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions"/>
internal static class AnonymousLimits
{
    /// <exception cref="S3Exception">AccessDenied, with S3's sentence.</exception>
    public static void Check(S3Context context)
    {
        if (context.Identity.IsAnonymous && SentenceFor(context.Operation) is { } sentence)
        {
            throw new S3Exception(S3Errors.AccessDenied, sentence);
        }
    }

    private static string? SentenceFor(string operation) => operation switch
    {
        "CreateMultipartUpload" => "Anonymous users cannot initiate multipart uploads. Please authenticate.",
        "CopyObject" => "Anonymous users cannot copy objects. Please authenticate.",
        "CreateBucket" or "PutBucketAcl" or "PutObjectAcl" or "SelectObjectContent" => "Anonymous users cannot invoke this API. Please authenticate.",
        "PutBucketOwnershipControls" or "DeleteBucketOwnershipControls" => "s3:PutBucketOwnershipControls does not support Anonymous requests!",
        "GetBucketOwnershipControls" => "s3:GetBucketOwnershipControls does not support Anonymous requests!",
        "PutBucketPolicy" or "DeleteBucketPolicy" => S3Errors.AccessDenied.Message,
        _ => null,
    };
}
