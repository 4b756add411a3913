using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes the limit of a role's permissions away.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html"/>
internal sealed class DeleteRolePermissionsBoundary(IamRoles roles) : IQueryAction
{
    public string Name => "DeleteRolePermissionsBoundary";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        await roles.ChangeAsync(
            request, role => role.Boundary is null ? null : role with { Boundary = null }, "The role has no permissions boundary.", cancellationToken);
        return [];
    }
}
