using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lets tokens that are meant for one more client in.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html"/>
internal sealed class AddClientIDToOpenIDConnectProvider(IamProviders providers) : IQueryAction
{
    public string Name => "AddClientIDToOpenIDConnectProvider";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        providers.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var id = IamProviders.ClientId(request.Get("ClientID"));
        await providers.ChangeAsync(request, provider => With(provider, id), IamProviders.Missing, cancellationToken);
        return [];
    }

    private static OidcProviderRecord With(OidcProviderRecord provider, string id) =>
        provider.ClientIds.Contains(id) ? provider
        : provider.ClientIds.Count < IamProviders.MaxClientIds ? provider with { ClientIds = [.. provider.ClientIds, id] }
        : throw QueryException.LimitExceeded($"Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: {IamProviders.MaxClientIds}");
}
