using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes a user out of a group.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html"/>
internal sealed class RemoveUserFromGroup(IamHolders<GroupRecord> groups, IamHolders<UserRecord> users) : IQueryAction
{
    public string Name => "RemoveUserFromGroup";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        groups.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var group = await groups.GetAsync(request, cancellationToken);
        var user = await users.GetAsync(request, cancellationToken);
        await users.ChangeAsync(
            request,
            now => now.Groups.Any(membership => membership.Id == group.Id)
                ? now with { Groups = [.. now.Groups.Where(membership => membership.Id != group.Id)] }
                : null,
            $"User {user.Name} is not in group {group.Name}.",
            cancellationToken);
        return [];
    }
}
