using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The bucket's owner pays.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html"/>
internal static class GetBucketRequestPayment
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetBucketRequestPayment, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("RequestPaymentConfiguration"u8);
        xml.Element("Payer"u8, "BucketOwner");
        xml.End("RequestPaymentConfiguration"u8);
    }
}
