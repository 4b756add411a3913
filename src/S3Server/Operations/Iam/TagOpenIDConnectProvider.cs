using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a provider tags, or those that it has other values.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html"/>
internal sealed class TagOpenIDConnectProvider(IamProviders providers) : IQueryAction
{
    public string Name => "TagOpenIDConnectProvider";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await providers.TargetAsync(request, cancellationToken) with { RequestTags = IamTags.Require(request, IamTags.OfOthers) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var tags = IamTags.Require(request, IamTags.OfOthers);
        await providers.ChangeAsync(request, provider => provider with { Tags = IamTags.With(provider.Tags, tags, IamTags.OfOthers) }, IamProviders.Unfound, cancellationToken);
        return [];
    }
}
