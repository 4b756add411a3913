using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes a key from a user, for good.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html"/>
internal sealed class DeleteAccessKey(IdentityStore identities, KeyUseStore uses, KeyOwners owners) : IQueryAction
{
    public string Name => "DeleteAccessKey";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => owners.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var id = request.AccessKey();
        var owner = await owners.GetAsync(request, cancellationToken);
        switch (await identities.DeleteKeyAsync(owner.Key(id), cancellationToken))
        {
            case IdentityOutcome.Changed:
                await uses.ForgetAsync(id, cancellationToken);
                return [];
            case IdentityOutcome.NotFound:
                throw QueryException.Missing($"The Access Key with id {id} cannot be found");
            default:
                throw QueryException.Unsettled();
        }
    }
}
