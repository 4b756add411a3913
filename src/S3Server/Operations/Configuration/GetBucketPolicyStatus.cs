using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has a policy that could be public.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html"/>
internal static class GetBucketPolicyStatus
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.GetBucketPolicyStatus, S3Errors.NoSuchBucketPolicy);
}
