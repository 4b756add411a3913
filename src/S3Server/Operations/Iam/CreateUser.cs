using System.Security.Cryptography;
using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Makes a user, who may do nothing yet.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html"/>
internal sealed class CreateUser(IdentityStore identities) : IIamAction
{
    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public string Name => "CreateUser";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult($"arn:aws:iam::{request.AccountId}:user{request.Path("Path")}{request.UserName()}");

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        if (request.Find("PermissionsBoundary") is not null || request.Find("Tags.member.1.Key") is not null)
        {
            throw new IamException("NotImplemented", 501, "Tags and permissions boundaries of users are not implemented.");
        }

        var user = new UserRecord
        {
            AccountId = request.AccountId,
            Name = request.UserName(),
            Path = request.Path("Path"),
            Id = "AIDA" + RandomNumberGenerator.GetString(IdCharacters, 16),
            Created = request.Now,
        };
        return await identities.CreateUserAsync(user, cancellationToken) switch
        {
            IdentityOutcome.Changed => [IamDocument.Of(user)],
            IdentityOutcome.Exists => throw IamException.Exists($"User with name {user.Name} already exists."),
            _ => throw IamException.Unsettled(),
        };
    }
}
