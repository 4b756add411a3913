using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Users, groups or roles as the actions of the IAM API need them: there, or the error that says so.</summary>
internal sealed class IamHolders<T>(HolderKind<T> kind)
    where T : class, IPolicyHolder
{
    public HolderKind<T> Kind => kind;

    public NamedRecords<T> Records => kind.Records;

    /// <summary>The name that a request gives.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public string NameIn(QueryRequest request) => request.Named(kind.Name + "Name", kind.MaxName);

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        TargetAsync(request, NameIn(request), cancellationToken);

    /// <summary>
    /// What permissions name: the one that is there, its path and its own spelling included, so that no other spelling of a name passes by a
    /// policy.
    /// </summary>
    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, string name, CancellationToken cancellationToken) =>
        await kind.Records.FindAsync(request.AccountId, name, cancellationToken) is { } holder
            ? Of(holder)
            : new QueryTarget($"arn:aws:iam::{request.AccountId}:{kind.Name.ToLowerInvariant()}/{name}");

    public ValueTask<T> GetAsync(QueryRequest request, CancellationToken cancellationToken) => GetAsync(request, NameIn(request), cancellationToken);

    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public async ValueTask<T> GetAsync(QueryRequest request, string name, CancellationToken cancellationToken) =>
        await kind.Records.FindAsync(request.AccountId, name, cancellationToken) ?? throw Missing(name);

    /// <summary>Changes the one that a request names; null means that <paramref name="nothing"/> is what there is not.</summary>
    /// <exception cref="QueryException">NoSuchEntity, ServiceFailure.</exception>
    public ValueTask ChangeAsync(QueryRequest request, Func<T, T?> change, string nothing, CancellationToken cancellationToken)
    {
        var name = NameIn(request);
        return IamChanges.ApplyAsync(kind.Records, request.AccountId, name, change, Missing(name), nothing, cancellationToken);
    }

    public QueryException Missing(string name) =>
        QueryException.Missing($"The {kind.Name.ToLowerInvariant()} with name {name} cannot be found.");

    public static QueryTarget Of(T holder)
    {
        var (tags, boundary) = holder switch
        {
            UserRecord user => (user.Tags, user.Boundary),
            RoleRecord role => (role.Tags, role.Boundary),
            _ => ([], null),
        };
        return new QueryTarget(IamDocument.ArnOf(holder)) { ResourceTags = tags, PermissionsBoundary = boundary?.Arn };
    }
}
