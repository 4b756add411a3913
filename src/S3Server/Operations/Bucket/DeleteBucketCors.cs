using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Takes a bucket's CORS configuration away.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html"/>
internal sealed class DeleteBucketCors(BucketStore buckets) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketCORS, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        await buckets.ChangeAsync(context, bucket => bucket with { Cors = [] }, cancellationToken);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
