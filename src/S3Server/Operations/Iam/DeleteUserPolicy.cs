using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes an inline policy from a user.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html"/>
internal sealed class DeleteUserPolicy(IamUsers users) : IQueryAction
{
    public string Name => "DeleteUserPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = InlinePolicies.Name(request);
        await users.ChangeAsync(
            request,
            request.UserName(),
            user => InlinePolicies.Without(user.Policies, name) is { } rest ? user with { Policies = rest } : null,
            InlinePolicies.MissingText("User", name),
            cancellationToken);
        return [];
    }
}
