using System.Runtime.CompilerServices;
using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Shows all users, groups, roles and managed policies of the account and how they hang together, or those kinds that Filter names. Pages go
/// through the kinds one after the other; a Marker names the last item and its kind.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html"/>
internal sealed class GetAccountAuthorizationDetails(AuthorizationDetails details) : IQueryAction
{
    private static readonly string[] Lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

    public string Name => "GetAccountAuthorizationDetails";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var (kinds, marker) = (KindsOf(request), MarkerOf(request));
        var found = new Dictionary<XElement, string>();
        var page = await IamPage.OfAsync(
            request, "Details", AllAsync(request.AccountId, kinds, marker, cancellationToken), detail => detail.Marker, Listed, cancellationToken);
        var members = page[0].Elements().ToList();
        return
        [
            .. page.Skip(1),
            .. Lists.Select(list => IamDocument.Element(list, [.. members.Where(member => found[member] == list)])),
        ];

        XElement Listed(AuthorizationDetail detail)
        {
            found[detail.Element] = detail.List;
            return detail.Element;
        }
    }

    private async IAsyncEnumerable<AuthorizationDetail> AllAsync(
        string accountId, IReadOnlyList<string> kinds, (string Kind, string Name)? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var kind in kinds.Where(kind => after is null || string.CompareOrdinal(kind, after.Value.Kind) >= 0))
        {
            await foreach (var detail in details.OfAsync(kind, accountId, kind == after?.Kind ? after.Value.Name : null, cancellationToken))
            {
                yield return detail;
            }
        }
    }

    /// <exception cref="QueryException">ValidationError.</exception>
    private static IReadOnlyList<string> KindsOf(QueryRequest request)
    {
        var filter = request.Many("Filter");
        var unknown = filter.FirstOrDefault(kind => !AuthorizationDetails.Kinds.Contains(kind));
        return unknown is not null ? throw QueryException.NoneOf(unknown, "filter", AuthorizationDetails.Kinds)
            : filter.Count == 0 ? AuthorizationDetails.Kinds
            : [.. AuthorizationDetails.Kinds.Where(filter.Contains)];
    }

    /// <exception cref="QueryException">ValidationError.</exception>
    private static (string Kind, string Name)? MarkerOf(QueryRequest request) =>
        request.Find("Marker") is not { } marker ? null
        : marker.Split('/', 2) is [var kind, var name] && AuthorizationDetails.Kinds.Contains(kind) ? (kind, name)
        : throw QueryException.Validation("Invalid Marker.");
}
