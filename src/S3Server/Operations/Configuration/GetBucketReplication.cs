using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket is replicated.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html"/>
internal static class GetBucketReplication
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.GetReplicationConfiguration, S3Errors.ReplicationConfigurationNotFoundError);
}
