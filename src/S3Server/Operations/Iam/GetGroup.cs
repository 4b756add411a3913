using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a group and who is in it.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html"/>
internal sealed class GetGroup(IamHolders<GroupRecord> groups, GroupMembers members) : IQueryAction
{
    public string Name => "GetGroup";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        groups.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var group = await groups.GetAsync(request, cancellationToken);
        var users = await IamPage.OfAsync(
            request,
            "Users",
            members.OfAsync(group, request.Find("Marker"), cancellationToken),
            user => user.Name,
            user => IamDocument.Of(user, "member"),
            cancellationToken);
        return [IamDocument.Of(group), .. users];
    }
}
