using S3Cassandra.Auth.Policies;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has lifecycle rules.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html"/>
internal static class DeleteBucketLifecycle
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Deleted(S3Action.PutLifecycleConfiguration);
}
