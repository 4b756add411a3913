using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Switches a user's key on or off.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html"/>
internal sealed class UpdateAccessKey(IamUsers users) : IIamAction
{
    public string Name => "UpdateAccessKey";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var id = request.Get("AccessKeyId");
        var isActive = request.Get("Status") switch
        {
            "Active" => true,
            "Inactive" => false,
            var other => throw IamException.Validation(
                $"1 validation error detected: Value '{other}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]"),
        };
        await users.ChangeAsync(
            request,
            request.UserNameOrCaller(),
            user => user.Keys.Any(key => key.Id == id) ? Switched(user, id, isActive) : null,
            $"The Access Key with id {id} cannot be found.",
            cancellationToken);
        return [];
    }

    private static UserRecord Switched(UserRecord user, string id, bool isActive) =>
        user with { Keys = [.. user.Keys.Select(key => key.Id == id ? key with { IsActive = isActive } : key)] };
}
