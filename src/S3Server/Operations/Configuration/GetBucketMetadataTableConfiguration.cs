using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has metadata tables.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetadataTableConfiguration.html"/>
internal static class GetBucketMetadataTableConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound("s3:GetBucketMetadataTableConfiguration", S3Errors.MetadataConfigurationNotFound);
}
