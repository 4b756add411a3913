using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>Replaces a bucket's access control list.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html"/>
internal sealed class PutBucketAcl(AccessLists lists, BucketStore buckets) : IS3Operation<AclRequest>
{
    public ValueTask<AclRequest> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        AclDocument.ReadAsync(context, ofBucket: true, cancellationToken);

    public void Require(AclRequest input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketAcl, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(AclRequest input, S3Context context, CancellationToken cancellationToken)
    {
        if (!context.Bucket.UsesAcls)
        {
            return;
        }

        var acl = await lists.OfBucketAsync(input, context.Bucket, cancellationToken);
        await buckets.ChangeAsync(context, bucket => Accepting(bucket) with { Acl = acl }, cancellationToken);
    }

    private static BucketRecord Accepting(BucketRecord bucket) =>
        bucket.UsesAcls ? bucket : throw new S3Exception(S3Errors.AccessControlListNotSupported);
}
