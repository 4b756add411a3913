using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Takes a bucket's default encryption away.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html"/>
internal sealed class DeleteBucketEncryption(BucketStore buckets) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutEncryptionConfiguration, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        await buckets.ChangeAsync(context, bucket => bucket with { DefaultEncryption = EncryptionKind.None }, cancellationToken);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
