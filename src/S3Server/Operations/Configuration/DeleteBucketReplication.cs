using S3Cassandra.Auth.Policies;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket is replicated.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html"/>
internal static class DeleteBucketReplication
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.Deleted(S3Action.PutReplicationConfiguration);
}
