using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>ListUserPolicies, ListGroupPolicies and ListRolePolicies: the names of the inline policies.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html"/>
internal sealed class ListInlinePolicies<T>(IamHolders<T> holders) : IQueryAction
    where T : class, IPolicyHolder
{
    public string Name => $"List{holders.Kind.Name}Policies";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => holders.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        return InlinePolicies.List(request, await holders.GetAsync(request, cancellationToken));
    }
}
