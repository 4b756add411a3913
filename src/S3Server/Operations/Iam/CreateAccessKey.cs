using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a user a key, two at most; the only answer that ever shows its secret.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html"/>
internal sealed class CreateAccessKey(IdentityStore identities, IamUsers users) : IIamAction
{
    private const int MaxKeys = 2;

    public string Name => "CreateAccessKey";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken);
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), user.AccountId, user.Name, user.Id);
        return await identities.CreateKeyAsync(key, request.Now, now => now.Keys.Count < MaxKeys, cancellationToken) switch
        {
            IdentityOutcome.Changed =>
            [
                IamDocument.Element(
                    "AccessKey",
                    IamDocument.Element("UserName", user.Name),
                    IamDocument.Element("AccessKeyId", key.Id),
                    IamDocument.Element("Status", "Active"),
                    IamDocument.Element("SecretAccessKey", key.Secret),
                    IamDocument.Element("CreateDate", IamDocument.Date(request.Now))),
            ],
            IdentityOutcome.NotFound => throw IamUsers.Missing(user.Name),
            IdentityOutcome.Conflict => throw IamException.LimitExceeded($"Cannot exceed quota for AccessKeysPerUser: {MaxKeys}"),
            _ => throw IamException.Unsettled(),
        };
    }
}
