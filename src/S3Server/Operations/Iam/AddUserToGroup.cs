using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Puts a user in a group; it may be in ten.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html"/>
internal sealed class AddUserToGroup(IamHolders<GroupRecord> groups, IamHolders<UserRecord> users) : IQueryAction
{
    public string Name => "AddUserToGroup";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        groups.TargetAsync(request, cancellationToken);

    /// <summary>AWS's quota.</summary>
    private const int MaxGroups = 10;

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var group = await groups.GetAsync(request, cancellationToken);
        var membership = new GroupMembership(group.Name, group.Id);
        await users.ChangeAsync(request, user => user with { Groups = With(user.Groups, membership) }, "", cancellationToken);
        return [];
    }

    private static GroupMembership[] With(IReadOnlyList<GroupMembership> groups, GroupMembership added)
    {
        GroupMembership[] together = [.. groups.Where(group => !group.Name.Equals(added.Name, StringComparison.OrdinalIgnoreCase)), added];
        return together.Length <= MaxGroups ? together : throw QueryException.LimitExceeded($"Cannot exceed quota for GroupsPerUser: {MaxGroups}");
    }
}
