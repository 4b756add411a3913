using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Roles as the actions of the IAM API need them: there, or the error that says so.</summary>
internal sealed class IamRoles(IdentityStore identities)
{
    private const int MaxName = 64;

    /// <summary>The name of a role, which has to be given.</summary>
    public static string NameOf(QueryRequest request) => request.Named("RoleName", MaxName);

    /// <summary>Refuses a request of GetRole or DeleteRole without a name in the words that those two have for it.</summary>
    /// <exception cref="QueryException">MissingParameter.</exception>
    public static void RequireName(QueryRequest request)
    {
        if (request.Find("RoleName") is null)
        {
            throw QueryException.MissingParameter("RoleName");
        }
    }

    /// <summary>What permissions on the role of a request name: the role that is there, its path and its own spelling included.</summary>
    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = NameOf(request);
        return await identities.Roles.FindAsync(request.AccountId, name, cancellationToken) is { } role
            ? new QueryTarget(role.Arn()) { ResourceTags = role.Tags, PermissionsBoundary = role.Boundary?.Arn }
            : new QueryTarget($"arn:aws:iam::{request.AccountId}:role/{name}");
    }

    /// <summary>The role of a request.</summary>
    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public async ValueTask<RoleRecord> GetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = NameOf(request);
        return await identities.Roles.FindAsync(request.AccountId, name, cancellationToken) ?? throw Missing(name);
    }

    /// <summary>Changes the role of a request; null means that <paramref name="missing"/> is what there is not.</summary>
    /// <exception cref="QueryException">NoSuchEntity, ServiceFailure.</exception>
    public async ValueTask ChangeAsync(
        QueryRequest request, Func<RoleRecord, RoleRecord?> change, string missing, CancellationToken cancellationToken)
    {
        var name = NameOf(request);
        await IamChanges.ApplyAsync(identities.Roles, request.AccountId, name, change, Missing(name), missing, cancellationToken);
    }

    public static QueryException Missing(string name) => QueryException.Missing($"The role with name {name} cannot be found.");
}
