using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Users as the actions of the IAM API need them: there, or the error that says so.</summary>
internal sealed class IamUsers(IdentityStore identities)
{
    /// <summary>
    /// What permissions on a user name: the user that is there, its path and its own spelling included, so that no other spelling of a name
    /// passes by a policy.
    /// </summary>
    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, string name, CancellationToken cancellationToken) =>
        await identities.Users.FindAsync(request.AccountId, name, cancellationToken) is { } user
            ? Of(user)
            : new QueryTarget($"arn:aws:iam::{request.AccountId}:user/{name}");

    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public async ValueTask<UserRecord> GetAsync(QueryRequest request, string name, CancellationToken cancellationToken) =>
        await identities.Users.FindAsync(request.AccountId, name, cancellationToken) ?? throw Missing(name);

    /// <summary>Changes a user; null means that <paramref name="missing"/> is what there is not.</summary>
    /// <exception cref="QueryException">NoSuchEntity, ServiceFailure.</exception>
    public async ValueTask ChangeAsync(
        QueryRequest request, string name, Func<UserRecord, UserRecord?> change, string missing, CancellationToken cancellationToken) =>
        await IamChanges.ApplyAsync(identities.Users, request.AccountId, name, change, Missing(name), missing, cancellationToken);

    public static QueryTarget Of(UserRecord user) => new(IamDocument.ArnOf(user))
    {
        ResourceTags = user.Tags,
        PermissionsBoundary = user.Boundary?.Arn,
    };

    public static QueryException Missing(string name) => QueryException.Missing($"The user with name {name} cannot be found.");
}
