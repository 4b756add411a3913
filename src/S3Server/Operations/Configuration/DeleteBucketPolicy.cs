using S3Cassandra.Auth.Policies;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has a policy.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html"/>
internal static class DeleteBucketPolicy
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Deleted(S3Action.DeleteBucketPolicy);
}
