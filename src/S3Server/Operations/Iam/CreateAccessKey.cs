using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a user a key, two at most; the only answer that ever shows its secret.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html"/>
internal sealed class CreateAccessKey(IdentityStore identities, KeyOwners owners) : IQueryAction
{
    private const int MaxKeys = 2;

    public string Name => "CreateAccessKey";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => owners.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var owner = await owners.GetAsync(request, cancellationToken);
        var key = owner.Key(AccessKeyRules.NewId(), AccessKeyRules.NewSecret());
        return await identities.CreateKeyAsync(key, request.Now, keys => keys.Count < MaxKeys, cancellationToken) switch
        {
            IdentityOutcome.Changed =>
            [
                IamDocument.Element(
                    "AccessKey",
                    IamDocument.Element("UserName", owner.Name),
                    IamDocument.Element("AccessKeyId", key.Id),
                    IamDocument.Element("Status", "Active"),
                    IamDocument.Element("SecretAccessKey", key.Secret),
                    IamDocument.Element("CreateDate", IamDocument.Date(request.Now))),
            ],
            IdentityOutcome.NotFound => throw QueryException.Missing($"The user with name {owner.Name} cannot be found."),
            IdentityOutcome.Conflict => throw QueryException.LimitExceeded($"Cannot exceed quota for AccessKeysPerUser: {MaxKeys}"),
            _ => throw QueryException.Unsettled(),
        };
    }
}
