using S3Cassandra.Auth.Policies;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The bucket's owner owns every object in it, whatever is deleted.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html"/>
internal static class DeleteBucketOwnershipControls
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Deleted(S3Action.PutBucketOwnershipControls);
}
