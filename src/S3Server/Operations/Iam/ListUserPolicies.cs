using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the names of a user's inline policies.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html"/>
internal sealed class ListUserPolicies(IamUsers users) : IQueryAction
{
    public string Name => "ListUserPolicies";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken) =>
        InlinePolicies.List(request, await users.GetAsync(request, request.UserName(), cancellationToken));
}
