using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket sends notifications.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html"/>
internal static class GetBucketNotificationConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetBucketNotification, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("NotificationConfiguration"u8);
        xml.End("NotificationConfiguration"u8);
    }
}
