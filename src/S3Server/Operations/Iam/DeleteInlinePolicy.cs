using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>DeleteUserPolicy, DeleteGroupPolicy and DeleteRolePolicy: takes an inline policy away.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html"/>
internal sealed class DeleteInlinePolicy<T>(IamHolders<T> holders) : IQueryAction
    where T : class, IPolicyHolder
{
    public string Name => $"Delete{holders.Kind.Name}Policy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => holders.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = InlinePolicies.Name(request);
        await holders.ChangeAsync(
            request,
            holder => InlinePolicies.Without(holder.Policies, name) is { } rest ? holders.Kind.WithPolicies(holder, rest) : null,
            InlinePolicies.MissingText(holders.Kind.Name, name),
            cancellationToken);
        return [];
    }
}
