using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes an inline policy from a user.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html"/>
internal sealed class DeleteUserPolicy(IamUsers users) : IIamAction
{
    public string Name => "DeleteUserPolicy";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var name = request.Named("PolicyName", 128);
        await users.ChangeAsync(
            request,
            request.UserName(),
            user => user.Policies.Any(policy => policy.Name == name) ? Without(user, name) : null,
            $"The user policy with name {name} cannot be found.",
            cancellationToken);
        return [];
    }

    private static UserRecord Without(UserRecord user, string name) =>
        user with { Policies = [.. user.Policies.Where(policy => policy.Name != name)] };
}
