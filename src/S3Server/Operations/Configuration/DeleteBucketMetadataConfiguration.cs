using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>No bucket has metadata tables.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetadataConfiguration.html"/>
internal static class DeleteBucketMetadataConfiguration
{
    public static UnsetConfiguration Operation { get; } = UnsetConfiguration.NotFound("s3:DeleteBucketMetadataTableConfiguration", S3Errors.MetadataConfigurationNotFound);
}
