using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists roles by name, those below a path.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html"/>
internal sealed class ListRoles(IdentityStore identities) : IQueryAction
{
    public string Name => "ListRoles";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget($"arn:aws:iam::{request.AccountId}:role{request.PathPrefix()}"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.PathPrefix();
        var roles = identities.Roles.AllAsync(request.AccountId, request.Find("Marker"), cancellationToken)
            .Where(role => role.Path.StartsWith(prefix, StringComparison.Ordinal));
        return IamPage.OfAsync(request, "Roles", roles, role => role.Name, RoleDocument.InList, cancellationToken);
    }
}
