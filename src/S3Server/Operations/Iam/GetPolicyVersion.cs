using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a version of a managed policy, its text percent-encoded as AWS does.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html"/>
internal sealed class GetPolicyVersion(IamPolicies policies) : IQueryAction
{
    public string Name => "GetPolicyVersion";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = await policies.GetAsync(request, IamPolicies.Arn(request), cancellationToken);
        return [PolicyElements.Version(policy, IamPolicies.VersionOf(policy, IamPolicies.VersionId(request)), withDocument: true)];
    }
}
