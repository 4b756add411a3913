using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has storage class analysis.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html"/>
internal static class ListBucketAnalyticsConfigurations
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetAnalyticsConfiguration, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("ListBucketAnalyticsConfigurationResult"u8);
        xml.Element("IsTruncated"u8, false);
        xml.End("ListBucketAnalyticsConfigurationResult"u8);
    }
}
