using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has lifecycle rules.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html"/>
internal static class GetBucketLifecycleConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.GetLifecycleConfiguration, S3Errors.NoSuchLifecycleConfiguration);
}
