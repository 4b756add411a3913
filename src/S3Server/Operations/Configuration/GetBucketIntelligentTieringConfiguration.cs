using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has intelligent tiering.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketIntelligentTieringConfiguration.html"/>
internal static class GetBucketIntelligentTieringConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound(S3Action.GetIntelligentTieringConfiguration, S3Errors.NoSuchConfiguration);
}
