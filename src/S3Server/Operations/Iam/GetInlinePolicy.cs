using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>GetUserPolicy, GetGroupPolicy and GetRolePolicy: shows an inline policy, percent-encoded as AWS does.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html"/>
internal sealed class GetInlinePolicy<T>(IamHolders<T> holders) : IQueryAction
    where T : class, IPolicyHolder
{
    public string Name => $"Get{holders.Kind.Name}Policy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => holders.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var name = InlinePolicies.Name(request);
        return InlinePolicies.Get(await holders.GetAsync(request, cancellationToken), name, holders.Kind.Name);
    }
}
