using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Lists something that a user may have at AWS and nobody has here: the list is empty, as AWS's is where a user has none. Terraform's
/// <c>force_destroy</c> and <c>aws iam delete-user</c>'s recipes ask before they remove a user.
/// </summary>
/// <param name="users">To say that a user is not there.</param>
/// <param name="name">The action's name.</param>
/// <param name="list">The list's element.</param>
internal abstract class NothingOfUser(IamHolders<UserRecord> users, string name, string list) : IQueryAction
{
    public string Name => name;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => IsRoots(request)
        ? ValueTask.FromResult(new QueryTarget(request.Caller.PrincipalArn))
        : users.TargetAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        if (!IsRoots(request))
        {
            await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken);
        }

        return IamPage.Empty(list);
    }

    private static bool IsRoots(QueryRequest request) => request.Caller.IsRoot && request.Find("UserName") is null;
}
