using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has metadata tables.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetadataTableConfiguration.html"/>
internal static class DeleteBucketMetadataTableConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound("s3:DeleteBucketMetadataTableConfiguration", S3Errors.MetadataConfigurationNotFound);
}
