using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Changes a role's description and how long its sessions last at most.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html"/>
internal sealed class UpdateRole(IamRoles roles) : IQueryAction
{
    public string Name => "UpdateRole";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var (description, seconds) = (RoleSettings.Description(request), RoleSettings.MaxSession(request));
        await roles.ChangeAsync(
            request,
            role => role with { Description = description ?? role.Description, MaxSessionSeconds = seconds ?? role.MaxSessionSeconds },
            "",
            cancellationToken);
        return [IamDocument.Element("UpdateRoleResult")];
    }
}
