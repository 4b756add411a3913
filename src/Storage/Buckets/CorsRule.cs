namespace S3Cassandra.Storage.Buckets;

/// <summary>A rule of a bucket's CORS configuration.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html"/>
public sealed record CorsRule
{
    public string? Id { get; init; }

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public IReadOnlyList<string> AllowedMethods { get; init; } = [];

    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];

    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    public int? MaxAgeSeconds { get; init; }
}
