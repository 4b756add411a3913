using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has its requests logged into another.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html"/>
internal static class GetBucketLogging
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetBucketLogging, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("BucketLoggingStatus"u8);
        xml.End("BucketLoggingStatus"u8);
    }
}
