using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the names of a role's inline policies.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html"/>
internal sealed class ListRolePolicies(IamRoles roles) : IQueryAction
{
    public string Name => "ListRolePolicies";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken) =>
        InlinePolicies.List(request, await roles.GetAsync(request, cancellationToken));
}
