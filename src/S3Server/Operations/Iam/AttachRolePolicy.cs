using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Attaches a managed policy to a role; one that is attached stays so.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"/>
internal sealed class AttachRolePolicy(IamRoles roles, IamPolicies policies) : IQueryAction
{
    public string Name => "AttachRolePolicy";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await roles.TargetAsync(request, cancellationToken) with { PolicyArn = IamPolicies.Arn(request) };

    private const int MaxAttached = 10;

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = await policies.ReferenceAsync(request, IamPolicies.Arn(request), cancellationToken);
        await roles.ChangeAsync(request, role => With(role, policy), "", cancellationToken);
        return [];
    }

    private static RoleRecord With(RoleRecord role, PolicyReference policy)
    {
        PolicyReference[] attached = [.. role.Attached.Where(other => other.Arn != policy.Arn), policy];
        return attached.Length <= MaxAttached
            ? role with { Attached = attached }
            : throw QueryException.LimitExceeded($"Cannot exceed quota for PoliciesPerRole: {MaxAttached}");
    }
}
