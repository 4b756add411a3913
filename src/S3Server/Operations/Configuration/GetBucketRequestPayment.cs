using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Says who pays.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html"/>
internal sealed class GetBucketRequestPayment : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketRequestPayment, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, context.Bucket.RequesterPays, Write, cancellationToken);

    private static void Write(S3XmlWriter xml, bool requesterPays)
    {
        xml.StartDocument("RequestPaymentConfiguration"u8);
        xml.Element("Payer"u8, requesterPays ? PutBucketRequestPayment.Requester : PutBucketRequestPayment.BucketOwner);
        xml.End("RequestPaymentConfiguration"u8);
    }
}
