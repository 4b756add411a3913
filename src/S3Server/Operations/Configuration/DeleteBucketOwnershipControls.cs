using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Takes the setting away: what is written then belongs to its writer, as it was before there was such a setting.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html"/>
internal sealed class DeleteBucketOwnershipControls(BucketStore buckets) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketOwnershipControls, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        await buckets.ChangeAsync(context, bucket => bucket with { Ownership = ObjectOwnership.Unset }, cancellationToken);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
