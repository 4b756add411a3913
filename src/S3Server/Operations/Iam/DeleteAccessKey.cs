using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes a key from a user, for good.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html"/>
internal sealed class DeleteAccessKey(IdentityStore identities, IamUsers users) : IIamAction
{
    public string Name => "DeleteAccessKey";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var id = request.Get("AccessKeyId");
        var user = await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken);
        return await identities.DeleteKeyAsync(request.AccountId, user.Name, id, cancellationToken) switch
        {
            IdentityOutcome.Changed => [],
            IdentityOutcome.NotFound => throw IamException.Missing($"The Access Key with id {id} cannot be found."),
            _ => throw IamException.Unsettled(),
        };
    }
}
