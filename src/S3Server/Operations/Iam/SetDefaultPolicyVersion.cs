using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Says which version of a managed policy is in force.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html"/>
internal sealed class SetDefaultPolicyVersion(IamPolicies policies) : IQueryAction
{
    public string Name => "SetDefaultPolicyVersion";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var id = IamPolicies.VersionId(request);
        await policies.ChangeAsync(
            request,
            policy => policy with { DefaultVersion = IamPolicies.VersionOf(policy, id).Number, Updated = request.Now },
            "",
            cancellationToken);
        return [];
    }
}
