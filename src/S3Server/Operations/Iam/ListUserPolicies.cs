using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the names of a user's inline policies.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html"/>
internal sealed class ListUserPolicies(IamUsers users) : IIamAction
{
    public string Name => "ListUserPolicies";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(request, request.UserName(), cancellationToken);
        var names = user.Policies.Select(policy => IamDocument.Element("member", policy.Name));
        return [IamDocument.Element("PolicyNames", [.. names]), IamDocument.IsTruncated(false)];
    }
}
