using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a role, and when it was last used.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html"/>
internal sealed class GetRole(IamRoles roles, RoleUses uses) : IQueryAction
{
    public string Name => "GetRole";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamRoles.RequireName(request);
        return roles.TargetAsync(request, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var role = await roles.GetAsync(request, cancellationToken);
        return [RoleDocument.Of(role, await uses.ElementAsync(role, cancellationToken))];
    }
}
