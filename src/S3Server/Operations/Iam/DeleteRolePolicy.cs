using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes an inline policy from a role.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html"/>
internal sealed class DeleteRolePolicy(IamRoles roles) : IQueryAction
{
    public string Name => "DeleteRolePolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = InlinePolicies.Name(request);
        await roles.ChangeAsync(
            request,
            role => InlinePolicies.Without(role.Policies, name) is { } rest ? role with { Policies = rest } : null,
            InlinePolicies.MissingText("Role", name),
            cancellationToken);
        return [];
    }
}
