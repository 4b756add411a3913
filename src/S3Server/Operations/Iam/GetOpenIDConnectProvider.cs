using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows an OpenID Connect provider.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html"/>
internal sealed class GetOpenIDConnectProvider(IamProviders providers) : IQueryAction
{
    public string Name => "GetOpenIDConnectProvider";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        providers.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var provider = await providers.GetAsync(request, IamProviders.Missing, cancellationToken);
        return
        [
            IamDocument.Element("Url", provider.Name),
            IamDocument.Element("ClientIDList", [.. provider.ClientIds.Select(id => IamDocument.Element("member", id))]),
            IamDocument.Element("ThumbprintList", [.. provider.Thumbprints.Select(one => IamDocument.Element("member", one))]),
            IamDocument.Element("CreateDate", IamDocument.Date(provider.Created)),
            .. IamTags.Element(provider.Tags),
        ];
    }
}
