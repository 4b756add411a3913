using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes an OpenID Connect provider; roles that trust it stay and nobody can come by it any more.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html"/>
internal sealed class DeleteOpenIDConnectProvider(IdentityStore identities, IamProviders providers) : IQueryAction
{
    public string Name => "DeleteOpenIDConnectProvider";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        providers.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var provider = await providers.GetAsync(request, IamProviders.Unfound, cancellationToken);
        await IamChanges.RemoveAsync(
            identities.Providers, request.AccountId, provider.Name, static _ => { }, IamProviders.Unfound(provider.Arn()), cancellationToken);
        return [];
    }
}
