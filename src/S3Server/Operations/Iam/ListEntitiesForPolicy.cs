using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the users, groups and roles that a managed policy is bound to.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html"/>
internal sealed class ListEntitiesForPolicy(IamPolicies policies, PolicyUses uses) : IQueryAction
{
    public string Name => "ListEntitiesForPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    private static readonly string[] Kinds = ["Group", "Role", "User"];

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = await policies.GetAsync(request, IamPolicies.Arn(request), cancellationToken);
        var reference = PolicyUses.ReferenceTo(policy);
        var filter = request.OneOf("EntityFilter", ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]);
        var usage = request.OneOf("PolicyUsageFilter", ["PermissionsPolicy", "PermissionsBoundary"]);
        var prefix = request.PathPrefix();
        var found = new List<IPolicyHolder>();
        await foreach (var (holder, boundary) in uses.HoldersAsync(request.AccountId, cancellationToken))
        {
            if ((filter is null || KindOf(holder) == filter)
                && holder.Path.StartsWith(prefix, StringComparison.Ordinal)
                && ((usage != "PermissionsBoundary" && holder.Attached.Contains(reference)) || (usage != "PermissionsPolicy" && boundary == reference)))
            {
                found.Add(holder);
            }
        }

        // One page goes through all kinds; its items are then shown by kind.
        var page = IamPage.Of(request, "Entities", found, holder => $"{KindOf(holder)}/{holder.Name}", Member);
        var members = page[0].Elements().ToList();
        return
        [
            .. Kinds.Select(kind => IamDocument.Element($"Policy{kind}s", [.. members.Where(member => member.Name.LocalName == kind).Select(Renamed)])),
            .. page.Skip(1),
        ];
    }

    private static string KindOf(IPolicyHolder holder) => holder switch { UserRecord => "User", GroupRecord => "Group", _ => "Role" };

    private static XElement Member(IPolicyHolder holder)
    {
        var kind = KindOf(holder);
        return IamDocument.Element(kind, IamDocument.Element(kind + "Name", holder.Name), IamDocument.Element(kind + "Id", holder.Id));
    }

    private static XElement Renamed(XElement member) => IamDocument.Element("member", [.. member.Elements()]);
}
