using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a user's inline policy, percent-encoded as AWS does.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html"/>
internal sealed class GetUserPolicy(IamUsers users) : IQueryAction
{
    public string Name => "GetUserPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken) =>
        InlinePolicies.Get(request, await users.GetAsync(request, request.UserName(), cancellationToken), "User");
}
