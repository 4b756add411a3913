using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Where requesters pay, those of other accounts have to say that they know, and nobody comes without a credential.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html"/>
internal static class RequestPayer
{
    private const string Header = "x-amz-request-payer";
    private const string ChargedHeader = "x-amz-request-charged";
    private const string Requester = "requester";

    /// <exception cref="S3Exception">AccessDenied.</exception>
    public static void Check(S3Context context, BucketRecord bucket)
    {
        if (!bucket.RequesterPays || context.Identity.AccountId == bucket.Owner.AccountId)
        {
            return;
        }

        var said = context.Header(Header) ?? context.Target.Query.Get(Header);
        if (context.Identity.IsAnonymous || said != Requester)
        {
            throw new S3Exception(S3Errors.AccessDenied);
        }

        context.Http.Response.Headers[ChargedHeader] = Requester;
    }
}
