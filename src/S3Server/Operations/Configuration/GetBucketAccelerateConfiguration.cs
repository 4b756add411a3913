using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket is accelerated.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html"/>
internal static class GetBucketAccelerateConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetAccelerateConfiguration, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("AccelerateConfiguration"u8);
        xml.End("AccelerateConfiguration"u8);
    }
}
