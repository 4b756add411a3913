using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a role.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html"/>
internal sealed class GetRole(IamRoles roles) : IQueryAction
{
    public string Name => "GetRole";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken) =>
        [RoleDocument.Of(await roles.GetAsync(request, cancellationToken))];
}
