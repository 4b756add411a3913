using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has intelligent tiering.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html"/>
internal static class ListBucketIntelligentTieringConfigurations
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetIntelligentTieringConfiguration, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("ListBucketIntelligentTieringConfigurationsOutput"u8);
        xml.Element("IsTruncated"u8, false);
        xml.End("ListBucketIntelligentTieringConfigurationsOutput"u8);
    }
}
