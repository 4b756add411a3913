using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a user that has no keys, policies or groups left.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html"/>
internal sealed class DeleteUser(IdentityStore identities, IamHolders<UserRecord> users) : IQueryAction
{
    public string Name => "DeleteUser";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = request.UserName();
        await IamChanges.RemoveAsync(identities.Users, request.AccountId, name, Check, users.Missing(name), cancellationToken);
        return [];
    }

    private static void Check(UserRecord user)
    {
        if (user.Keys.Count > 0)
        {
            throw QueryException.Conflict("Cannot delete entity, must delete access keys first.");
        }

        HeldPolicies.Check(user);
        if (user.Groups.Count > 0)
        {
            throw QueryException.Conflict("Cannot delete entity, must remove users from group first.");
        }
    }
}
