using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Tags of buckets decide nothing.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAbac.html"/>
internal static class GetBucketAbac
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document("s3:GetBucketAbac", Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("AbacStatus"u8);
        xml.Element("Status"u8, "Disabled");
        xml.End("AbacStatus"u8);
    }
}
