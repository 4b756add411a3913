using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Finds whose keys a request is about: the user's that it names, else the caller's, who may be root.</summary>
internal sealed class KeyOwners(IamHolders<UserRecord> users, AccountStore accounts)
{
    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        IsRoots(request) ? new QueryTarget(request.Caller.PrincipalArn) : await users.TargetAsync(request, request.UserNameOrCaller(), cancellationToken);

    /// <exception cref="QueryException">NoSuchEntity, ValidationError.</exception>
    public async ValueTask<KeyOwner> GetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        if (IsRoots(request))
        {
            var account = await accounts.FindAsync(request.AccountId, cancellationToken)
                ?? throw QueryException.Missing($"The account with id {request.AccountId} cannot be found.");
            return new KeyOwner(account.AccountId, "", account.AccountId, new QueryTarget(request.Caller.PrincipalArn), account.Keys);
        }

        var user = await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken);
        return new KeyOwner(user.AccountId, user.Name, user.Id, IamHolders<UserRecord>.Of(user), user.Keys);
    }

    private static bool IsRoots(QueryRequest request) => request.Caller.IsRoot && request.Find("UserName") is null;
}
