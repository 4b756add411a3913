using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>PutUserPolicy, PutGroupPolicy and PutRolePolicy: puts a policy into one of them, by name.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html"/>
internal sealed class PutInlinePolicy<T>(IamHolders<T> holders) : IQueryAction
    where T : class, IPolicyHolder
{
    public string Name => $"Put{holders.Kind.Name}Policy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => holders.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var kind = holders.Kind;
        var policy = InlinePolicies.Read(request, kind.MaxInline, $"{kind.Name.ToLowerInvariant()} {holders.NameIn(request)}");
        await holders.ChangeAsync(
            request,
            holder => kind.WithPolicies(
                holder, InlinePolicies.With(holder.Policies, policy, kind.MaxInline, $"{kind.Name.ToLowerInvariant()} {holder.Name}")),
            "",
            cancellationToken);
        return [];
    }
}
