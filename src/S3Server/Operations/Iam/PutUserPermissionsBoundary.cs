using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Limits what a user may do to what a managed policy allows.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html"/>
internal sealed class PutUserPermissionsBoundary(IamHolders<UserRecord> users, IamPolicies policies) : IQueryAction
{
    public string Name => "PutUserPermissionsBoundary";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        BoundaryTarget.OfAsync(users, request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var boundary = await policies.BoundaryAsync(request, request.Get("PermissionsBoundary"), cancellationToken);
        await users.ChangeAsync(request, user => user with { Boundary = boundary }, "", cancellationToken);
        return [];
    }
}
