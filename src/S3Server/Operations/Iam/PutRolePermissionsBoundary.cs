using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Limits what a role may do to what a managed policy allows.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html"/>
internal sealed class PutRolePermissionsBoundary(IamRoles roles, IamPolicies policies) : IQueryAction
{
    public string Name => "PutRolePermissionsBoundary";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await roles.TargetAsync(request, cancellationToken) with { PermissionsBoundary = request.Get("PermissionsBoundary") };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var boundary = await policies.BoundaryAsync(request, request.Get("PermissionsBoundary"), cancellationToken);
        await roles.ChangeAsync(request, role => role with { Boundary = boundary }, "", cancellationToken);
        return [];
    }
}
