using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The owner has full control, and nobody else has any.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html"/>
internal static class GetBucketAcl
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Document(S3Action.GetBucketAcl, Write);

    private static void Write(S3XmlWriter xml, S3Context context)
    {
        AccessControlPolicy.Write(xml, context.Bucket.Owner.CanonicalId);
    }
}
