using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>An action on the account's rules for passwords, of which there are none here: NoSuchEntity, as for an account of AWS without.</summary>
/// <param name="name">The action's name.</param>
/// <param name="missing">AWS's words for a policy that is not there, about an account.</param>
internal abstract class PasswordPolicies(string name, Func<string, string> missing) : IQueryAction
{
    public string Name => name;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken) =>
        throw QueryException.Missing(missing(request.AccountId));
}
