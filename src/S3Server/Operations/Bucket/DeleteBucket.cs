using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Deletes a bucket that holds no object, version or delete marker; uploads under way end with it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html"/>
internal sealed class DeleteBucket(BucketStore buckets) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.DeleteBucket, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        switch (await buckets.DeleteAsync(context.Bucket, cancellationToken))
        {
            case DeleteBucketOutcome.Deleted:
                context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case DeleteBucketOutcome.NotEmpty:
                throw await NotEmptyAsync(context, cancellationToken);
            case DeleteBucketOutcome.NotFound:
                throw BucketOutcomes.NoSuchBucket(context);
            default:
                throw BucketOutcomes.Unknown();
        }
    }

    /// <summary>Says of a bucket that keeps versions that they count: listing its objects may show none.</summary>
    private async ValueTask<S3Exception> NotEmptyAsync(S3Context context, CancellationToken cancellationToken)
    {
        var keepsVersions = await buckets.GetVersioningAsync(context.Bucket.Id, cancellationToken) is VersioningState.Enabled or VersioningState.Suspended;
        return new S3Exception(
            S3Errors.BucketNotEmpty,
            keepsVersions ? S3Errors.BucketNotEmpty.Message + " You must delete all versions in the bucket." : null,
            ("BucketName", context.Target.Bucket));
    }
}
