using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a role that has no policies left; its sessions end with it.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html"/>
internal sealed class DeleteRole(IdentityStore identities, IamRoles roles, RoleUses uses) : IQueryAction
{
    public string Name => "DeleteRole";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamRoles.RequireName(request);
        return roles.TargetAsync(request, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = IamRoles.NameOf(request);
        var id = "";
        await IamChanges.RemoveAsync(identities.Roles, request.AccountId, name, Check, IamRoles.Missing(name), cancellationToken);
        await uses.ForgetAsync(id, cancellationToken);
        return [];

        void Check(RoleRecord role)
        {
            HeldPolicies.Check(role);
            id = role.Id;
        }
    }
}
