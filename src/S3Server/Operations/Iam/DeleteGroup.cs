using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a group that has neither members nor policies left.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html"/>
internal sealed class DeleteGroup(IdentityStore identities, IamHolders<GroupRecord> groups, GroupMembers members) : IQueryAction
{
    public string Name => "DeleteGroup";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        groups.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var group = await groups.GetAsync(request, cancellationToken);
        if (await members.OfAsync(group, null, cancellationToken).AnyAsync(cancellationToken))
        {
            throw QueryException.Conflict("Cannot delete entity, must remove users from group first.");
        }

        await IamChanges.RemoveAsync(
            identities.Groups, request.AccountId, group.Name, HeldPolicies.Check, groups.Missing(group.Name), cancellationToken);
        return [];
    }
}
