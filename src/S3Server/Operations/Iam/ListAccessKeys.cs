using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists a user's keys, without their secrets.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html"/>
internal sealed class ListAccessKeys(IamUsers users) : IIamAction
{
    public string Name => "ListAccessKeys";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken);
        var keys = user.Keys.Select(key => IamDocument.Element(
            "member",
            IamDocument.Element("UserName", user.Name),
            IamDocument.Element("AccessKeyId", key.Id),
            IamDocument.Status(key),
            IamDocument.Element("CreateDate", IamDocument.Date(key.Created))));
        return [IamDocument.Element("AccessKeyMetadata", [.. keys]), IamDocument.IsTruncated(false)];
    }
}
