using S3Cassandra.Auth.Policies;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket is a website.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html"/>
internal static class DeleteBucketWebsite
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Deleted(S3Action.DeleteBucketWebsite);
}
