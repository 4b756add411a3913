using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Nothing is public, so nothing blocks it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html"/>
internal static class GetPublicAccessBlock
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.GetBucketPublicAccessBlock, S3Errors.NoSuchPublicAccessBlockConfiguration);
}
