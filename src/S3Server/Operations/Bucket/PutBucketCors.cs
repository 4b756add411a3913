using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Replaces a bucket's CORS configuration.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html"/>
internal sealed class PutBucketCors(BucketStore buckets) : IS3Operation<IReadOnlyList<CorsRule>>
{
    public async ValueTask<IReadOnlyList<CorsRule>> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        CorsDocument.Parse(await BucketDocument.ReadAsync(context, "CORSConfiguration", cancellationToken));

    public void Require(IReadOnlyList<CorsRule> input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketCORS, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(IReadOnlyList<CorsRule> input, S3Context context, CancellationToken cancellationToken) =>
        buckets.ChangeAsync(context, bucket => bucket with { Cors = input }, cancellationToken);
}
