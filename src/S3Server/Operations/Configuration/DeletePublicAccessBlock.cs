using S3Cassandra.Auth.Policies;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Nothing is public, so nothing blocks it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html"/>
internal static class DeletePublicAccessBlock
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Deleted(S3Action.PutBucketPublicAccessBlock);
}
