using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists a provider's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html"/>
internal sealed class ListOpenIDConnectProviderTags(IamProviders providers) : IQueryAction
{
    public string Name => "ListOpenIDConnectProviderTags";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        providers.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        return IamTags.List(request, (await providers.GetAsync(request, IamProviders.Unfound, cancellationToken)).Tags);
    }
}
