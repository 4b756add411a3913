using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a version of a managed policy that is not the default one.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html"/>
internal sealed class DeletePolicyVersion(IamPolicies policies) : IQueryAction
{
    public string Name => "DeletePolicyVersion";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var id = IamPolicies.VersionId(request);
        await policies.ChangeAsync(
            request,
            policy =>
            {
                var version = IamPolicies.VersionOf(policy, id);
                return version.Number == policy.DefaultVersion
                    ? throw QueryException.Conflict("Cannot delete the default version of a policy.")
                    : policy with { Versions = [.. policy.Versions.Where(other => other.Number != version.Number)], Updated = request.Now };
            },
            "",
            cancellationToken);
        return [];
    }
}
