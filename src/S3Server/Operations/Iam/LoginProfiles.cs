using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>An action on a user's password for AWS's console, which nobody has here: NoSuchEntity, as for a user of AWS without one.</summary>
/// <param name="users">To say that a user is not there.</param>
/// <param name="name">The action's name.</param>
internal abstract class LoginProfiles(IamHolders<UserRecord> users, string name) : IQueryAction
{
    public string Name => name;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken);
        throw QueryException.Missing($"Login Profile for User {user.Name} cannot be found.");
    }
}
