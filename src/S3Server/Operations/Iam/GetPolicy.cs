using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a managed policy without its text.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html"/>
internal sealed class GetPolicy(IamPolicies policies, PolicyUses uses) : IQueryAction
{
    public string Name => "GetPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = await policies.GetAsync(request, IamPolicies.Arn(request), cancellationToken);
        return [PolicyElements.Of(policy, await uses.OfAsync(policy, request.AccountId, cancellationToken), isAlone: true)];
    }
}
