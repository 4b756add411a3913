using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Operations.Configuration;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Accounts;

/// <summary>Says what is refused in all of an account's buckets. S3 Control's PutPublicAccessBlock, named as its action.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html"/>
internal sealed class PutAccountPublicAccessBlock(AccountPublicAccessBlocks blocks) : IS3Operation<PublicAccessBlock>
{
    public ValueTask<PublicAccessBlock> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        AccountHeader.Require(context);
        return PublicAccessBlockDocument.ReadAsync(context, cancellationToken);
    }

    public void Require(PublicAccessBlock input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutAccountPublicAccessBlock, "*");

    public async ValueTask ExecuteAsync(PublicAccessBlock input, S3Context context, CancellationToken cancellationToken)
    {
        BucketOutcomes.Require(await blocks.SetAsync(context.Identity.AccountId, input, cancellationToken), context);
        context.Http.Response.StatusCode = StatusCodes.Status201Created;
    }
}
