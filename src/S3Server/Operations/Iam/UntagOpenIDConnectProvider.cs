using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes tags from a provider.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html"/>
internal sealed class UntagOpenIDConnectProvider(IamProviders providers) : IQueryAction
{
    public string Name => "UntagOpenIDConnectProvider";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await providers.TargetAsync(request, cancellationToken) with { TagKeys = IamTags.ReadKeys(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var keys = IamTags.ReadKeys(request);
        await providers.ChangeAsync(request, provider => provider with { Tags = IamTags.Without(provider.Tags, keys, IamTags.OfOthers) }, IamProviders.Unfound, cancellationToken);
        return [];
    }
}
