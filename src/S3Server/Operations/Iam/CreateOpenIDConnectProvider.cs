using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Registers an OpenID Connect provider whose tokens the account's roles may trust. Which certificates it may show is the machine's and the
/// settings' to say; thumbprints are kept and shown, as AWS does for providers with a known authority.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html"/>
internal sealed class CreateOpenIDConnectProvider(IdentityStore identities) : IQueryAction
{
    public string Name => "CreateOpenIDConnectProvider";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        new QueryTarget($"arn:aws:iam::{request.AccountId}:oidc-provider/{IamProviders.Url(request)}") { RequestTags = IamTags.Read(request) });

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var provider = new OidcProviderRecord
        {
            AccountId = request.AccountId,
            Name = IamProviders.Url(request),
            Created = request.Now,
            ClientIds = [.. request.Many("ClientIDList").Select(IamProviders.ClientId).Distinct()],
            Thumbprints = IamProviders.Thumbprints(request),
            Tags = IamTags.Read(request),
        };
        if (provider.ClientIds.Count > IamProviders.MaxClientIds)
        {
            throw QueryException.LimitExceeded($"Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: {IamProviders.MaxClientIds}");
        }

        var others = await identities.Providers.ListAsync(request.AccountId, null, IamProviders.MaxProviders, cancellationToken);
        if (others.Count >= IamProviders.MaxProviders && others.All(other => other.Name != provider.Name))
        {
            throw QueryException.LimitExceeded($"Cannot exceed quota for OpenIDConnectProvidersPerAccount: {IamProviders.MaxProviders}");
        }

        await IamChanges.CreateAsync(
            identities.Providers, provider, $"Provider with url {provider.Issuer()} already exists.", cancellationToken);
        return [IamDocument.Element("OpenIDConnectProviderArn", provider.Arn()), .. IamTags.Element(provider.Tags)];
    }
}
