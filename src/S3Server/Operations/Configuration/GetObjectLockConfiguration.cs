using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has object lock.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html"/>
internal static class GetObjectLockConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.GetBucketObjectLockConfiguration, S3Errors.ObjectLockConfigurationNotFoundError);
}
