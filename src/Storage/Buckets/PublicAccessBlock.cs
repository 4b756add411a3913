namespace S3Cassandra.Storage.Buckets;

/// <summary>What is refused that would make a bucket public.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html"/>
public sealed record PublicAccessBlock(bool BlockPublicAcls, bool IgnorePublicAcls, bool BlockPublicPolicy, bool RestrictPublicBuckets);
