using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the account's OpenID Connect providers; AWS has no pages here.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html"/>
internal sealed class ListOpenIDConnectProviders(IdentityStore identities) : IQueryAction
{
    public string Name => "ListOpenIDConnectProviders";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget($"arn:aws:iam::{request.AccountId}:oidc-provider/*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var found = await identities.Providers.ListAsync(request.AccountId, null, IamProviders.MaxProviders, cancellationToken);
        return
        [
            IamDocument.Element(
                "OpenIDConnectProviderList",
                [.. found.Select(provider => IamDocument.Element("member", IamDocument.Element("Arn", provider.Arn())))]),
        ];
    }
}
