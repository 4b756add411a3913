using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a managed policy tags, or their keys other values.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html"/>
internal sealed class TagPolicy(IamPolicies policies) : IQueryAction
{
    public string Name => "TagPolicy";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await policies.TargetAsync(request, cancellationToken) with { RequestTags = IamTags.Require(request, IamTags.OfOthers) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var tags = IamTags.Require(request, IamTags.OfOthers);
        await policies.ChangeAsync(request, policy => policy with { Tags = IamTags.With(policy.Tags, tags, IamTags.OfOthers) }, "", cancellationToken);
        return [];
    }
}
