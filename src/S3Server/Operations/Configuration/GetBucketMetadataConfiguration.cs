using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has metadata tables.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetadataConfiguration.html"/>
internal static class GetBucketMetadataConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound("s3:GetBucketMetadataTableConfiguration", S3Errors.MetadataConfigurationNotFound);
}
