using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists a user's keys, or the caller's, without their secrets.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html"/>
internal sealed class ListAccessKeys(KeyOwners owners) : IQueryAction
{
    public string Name => "ListAccessKeys";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => owners.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        var owner = await owners.GetAsync(request, cancellationToken);
        return IamPage.Of(request, "AccessKeyMetadata", owner.Keys, key => key.Id, key => IamDocument.Element(
            "member",
            IamDocument.Element("UserName", owner.Name),
            IamDocument.Element("AccessKeyId", key.Id),
            IamDocument.Status(key),
            IamDocument.Element("CreateDate", IamDocument.Date(key.Created))));
    }
}
