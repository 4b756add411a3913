using System.Xml.Linq;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Registers an OpenID Connect provider whose tokens the account's roles may trust. Which certificates it may show is the machine's and the
/// settings' to say; thumbprints are kept and shown, as AWS does for providers with a known authority. Where none is given the provider's own
/// is looked for, and one that cannot be reached is not registered.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html"/>
internal sealed class CreateOpenIDConnectProvider(IdentityStore identities, IamProviders providers, OutboundClient outbound) : IQueryAction
{
    public string Name => "CreateOpenIDConnectProvider";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        new QueryTarget($"arn:aws:iam::{request.AccountId}:oidc-provider/{providers.Url(request)}") { RequestTags = IamTags.Read(request, IamTags.OfOthers) });

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var provider = new OidcProviderRecord
        {
            AccountId = request.AccountId,
            Name = providers.Url(request),
            Created = request.Now,
            ClientIds = [.. request.Many("ClientIDList").Select(IamProviders.ClientId).Distinct()],
            Thumbprints = IamProviders.Thumbprints(request),
            Tags = IamTags.Read(request, IamTags.OfOthers),
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

        var exists = $"Provider with url {provider.Issuer()} already exists.";
        if (provider.Thumbprints.Count == 0)
        {
            provider = others.Any(other => other.Name == provider.Name) ? throw QueryException.Exists(exists)
                : provider with { Thumbprints = [await ThumbprintAsync(provider, cancellationToken)] };
        }

        await IamChanges.CreateAsync(identities.Providers, provider, exists, cancellationToken);
        return [IamDocument.Element("OpenIDConnectProviderArn", provider.Arn()), .. IamTags.Element(provider.Tags)];
    }

    private async ValueTask<string> ThumbprintAsync(OidcProviderRecord provider, CancellationToken cancellationToken) =>
        await outbound.FindThumbprintAsync(new Uri(provider.Issuer()), cancellationToken) ?? throw new QueryException(
            "OpenIdIdpCommunicationError", 400, $"Could not connect to {provider.Issuer()}");
}
