using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes a user's permissions boundary away.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html"/>
internal sealed class DeleteUserPermissionsBoundary(IamHolders<UserRecord> users) : IQueryAction
{
    public string Name => "DeleteUserPermissionsBoundary";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        await users.ChangeAsync(
            request,
            user => user.Boundary is null ? null : user with { Boundary = null },
            $"The permissions boundary of user {request.UserName()} cannot be found.",
            cancellationToken);
        return [];
    }
}
