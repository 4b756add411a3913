using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists users by name, those below a path.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html"/>
internal sealed class ListUsers(IdentityStore identities) : IQueryAction
{
    public string Name => "ListUsers";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget($"arn:aws:iam::{request.AccountId}:user{request.PathPrefix()}"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.PathPrefix();
        var users = identities.Users.AllAsync(request.AccountId, request.Find("Marker"), cancellationToken)
            .Where(user => user.Path.StartsWith(prefix, StringComparison.Ordinal));
        return IamPage.OfAsync(request, "Users", users, user => user.Name, user => IamDocument.Of(user, "member"), cancellationToken);
    }
}
