using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The bucket's owner owns every object in it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html"/>
internal static class GetBucketOwnershipControls
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetBucketOwnershipControls, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        xml.StartDocument("OwnershipControls"u8);
        xml.Start("Rule"u8);
        xml.Element("ObjectOwnership"u8, "BucketOwnerEnforced");
        xml.End("Rule"u8);
        xml.End("OwnershipControls"u8);
    }
}
