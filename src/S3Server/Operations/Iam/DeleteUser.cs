using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a user that has neither keys nor policies left.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html"/>
internal sealed class DeleteUser(IdentityStore identities, IamUsers users) : IIamAction
{
    public string Name => "DeleteUser";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var name = request.UserName();
        string? held = null;
        var outcome = await identities.DeleteUserAsync(
            request.AccountId,
            name,
            user =>
            {
                held = user.Keys.Count > 0 ? "access keys" : user.Policies.Count > 0 ? "policies" : null;
                return held is null;
            },
            cancellationToken);
        return outcome switch
        {
            IdentityOutcome.Changed => [],
            IdentityOutcome.NotFound => throw IamUsers.Missing(name),
            IdentityOutcome.Conflict when held is not null => throw IamException.Conflict($"Cannot delete entity, must delete {held} first."),
            _ => throw IamException.Unsettled(),
        };
    }
}
