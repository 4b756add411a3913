using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Accounts;

/// <summary>Leaves it to an account's buckets what each refuses. S3 Control's DeletePublicAccessBlock, named as its action.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeletePublicAccessBlock.html"/>
internal sealed class DeleteAccountPublicAccessBlock(AccountPublicAccessBlocks blocks) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        AccountHeader.Require(context);
        return default;
    }

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutAccountPublicAccessBlock, "*");

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        BucketOutcomes.Require(await blocks.SetAsync(context.Identity.AccountId, null, cancellationToken), context);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
