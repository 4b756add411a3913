using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists groups by name, those below a path.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html"/>
internal sealed class ListGroups(IdentityStore identities) : IQueryAction
{
    public string Name => "ListGroups";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget($"arn:aws:iam::{request.AccountId}:group{request.PathPrefix()}"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.PathPrefix();
        var groups = identities.Groups.AllAsync(request.AccountId, request.Find("Marker"), cancellationToken)
            .Where(group => group.Path.StartsWith(prefix, StringComparison.Ordinal));
        return IamPage.OfAsync(request, "Groups", groups, group => group.Name, group => IamDocument.Of(group, "member"), cancellationToken);
    }
}
