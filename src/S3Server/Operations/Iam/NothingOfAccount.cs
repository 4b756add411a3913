using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists something that an account may have at AWS and none has here: the list is empty, as AWS's is where there is none.</summary>
/// <param name="name">The action's name.</param>
/// <param name="list">The list's element.</param>
/// <param name="resource">What permissions to list them name, after the account; null: they name no resource.</param>
internal abstract class NothingOfAccount(string name, string list, string? resource = null) : IQueryAction
{
    public string Name => name;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget(resource is null ? "*" : $"arn:aws:iam::{request.AccountId}:{resource}{request.PathPrefix()}"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        return ValueTask.FromResult(IamPage.Empty(list));
    }

    /// <summary>Refuses what AWS refuses of a request.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedInput.</exception>
    protected virtual void Check(QueryRequest request) => IamPage.Check(request);
}
