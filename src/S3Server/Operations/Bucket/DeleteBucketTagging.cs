using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Takes a bucket's tags away.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html"/>
internal sealed class DeleteBucketTagging(BucketStore buckets) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketTagging, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        await buckets.ChangeAsync(context, bucket => bucket with { Tags = [] }, cancellationToken);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
