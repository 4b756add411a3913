using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a role's inline policy, percent-encoded as AWS does.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html"/>
internal sealed class GetRolePolicy(IamRoles roles) : IQueryAction
{
    public string Name => "GetRolePolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        // What is missing in the request is told before what is missing here.
        var name = InlinePolicies.Name(request);
        return InlinePolicies.Get(await roles.GetAsync(request, cancellationToken), name, "Role");
    }
}
