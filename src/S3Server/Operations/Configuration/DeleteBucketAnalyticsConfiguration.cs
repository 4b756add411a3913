using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has storage class analysis.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketAnalyticsConfiguration.html"/>
internal static class DeleteBucketAnalyticsConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.PutAnalyticsConfiguration, S3Errors.NoSuchConfiguration);
}
