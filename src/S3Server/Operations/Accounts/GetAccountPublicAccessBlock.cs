using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Configuration;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Accounts;

/// <summary>Shows what is refused in all of an account's buckets. S3 Control's GetPublicAccessBlock, named as its action.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html"/>
internal sealed class GetAccountPublicAccessBlock(AccountPublicAccessBlocks blocks) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        AccountHeader.Require(context);
        return default;
    }

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetAccountPublicAccessBlock, "*");

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        var block = await blocks.ReadAsync(context.Identity.AccountId, cancellationToken)
            ?? throw new S3Exception(S3Errors.NoSuchPublicAccessBlockConfiguration, null, ("AccountId", context.Identity.AccountId));
        await S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, block, PublicAccessBlockDocument.WriteOfAccount, cancellationToken);
    }
}
