using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a user's inline policy, percent-encoded as AWS does.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html"/>
internal sealed class GetUserPolicy(IamUsers users) : IIamAction
{
    public string Name => "GetUserPolicy";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var name = request.Named("PolicyName", 128);
        var user = await users.GetAsync(request, request.UserName(), cancellationToken);
        var policy = user.Policies.FirstOrDefault(policy => policy.Name == name)
            ?? throw IamException.Missing($"The user policy with name {name} cannot be found.");
        return
        [
            IamDocument.Element("UserName", user.Name),
            IamDocument.Element("PolicyName", policy.Name),
            IamDocument.Element("PolicyDocument", Uri.EscapeDataString(policy.Document)),
        ];
    }
}
