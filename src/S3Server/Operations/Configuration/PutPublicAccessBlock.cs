using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Says what is refused that would make a bucket public.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html"/>
internal sealed class PutPublicAccessBlock(BucketStore buckets) : IS3Operation<PublicAccessBlock>
{
    public ValueTask<PublicAccessBlock> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        PublicAccessBlockDocument.ReadAsync(context, cancellationToken);

    public void Require(PublicAccessBlock input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketPublicAccessBlock, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(PublicAccessBlock input, S3Context context, CancellationToken cancellationToken) =>
        buckets.ChangeAsync(context, bucket => bucket with { PublicAccessBlock = input }, cancellationToken);
}
