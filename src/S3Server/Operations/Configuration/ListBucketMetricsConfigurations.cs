using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has request metrics.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html"/>
internal static class ListBucketMetricsConfigurations
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetMetricsConfiguration, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("ListMetricsConfigurationsResult"u8);
        xml.Element("IsTruncated"u8, false);
        xml.End("ListMetricsConfigurationsResult"u8);
    }
}
