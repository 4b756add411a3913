using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the groups that a user is in.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html"/>
internal sealed class ListGroupsForUser(IamHolders<UserRecord> users, IdentityStore identities) : IQueryAction
{
    public string Name => "ListGroupsForUser";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        var user = await users.GetAsync(request, cancellationToken);
        var groups = new List<GroupRecord>();
        foreach (var membership in user.Groups)
        {
            if (await identities.Groups.FindAsync(user.AccountId, membership.Name, cancellationToken) is { } group && group.Id == membership.Id)
            {
                groups.Add(group);
            }
        }

        return IamPage.Of(request, "Groups", groups, group => group.Name, group => IamDocument.Of(group, "member"));
    }
}
