using System.Collections.Frozen;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The actions of the IAM API that there are, by name.</summary>
internal sealed class IamActions(IdentityStore identities, IamUsers users)
{
    private readonly FrozenDictionary<string, IIamAction> _byName = new IIamAction[]
    {
        new CreateUser(identities),
        new GetUser(users),
        new DeleteUser(identities, users),
        new ListUsers(identities),
        new CreateAccessKey(identities, users),
        new ListAccessKeys(users),
        new UpdateAccessKey(users),
        new DeleteAccessKey(identities, users),
        new PutUserPolicy(users),
        new GetUserPolicy(users),
        new ListUserPolicies(users),
        new DeleteUserPolicy(users),
    }.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    public IIamAction? Find(string name) => _byName.GetValueOrDefault(name);
}
