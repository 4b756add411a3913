using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes tags from a managed policy; those that it has not are passed over.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html"/>
internal sealed class UntagPolicy(IamPolicies policies) : IQueryAction
{
    public string Name => "UntagPolicy";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await policies.TargetAsync(request, cancellationToken) with { TagKeys = IamTags.ReadKeys(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var keys = IamTags.ReadKeys(request);
        await policies.ChangeAsync(request, policy => policy with { Tags = IamTags.Without(policy.Tags, keys, IamTags.OfOthers) }, "", cancellationToken);
        return [];
    }
}
