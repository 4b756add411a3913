using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The actions of the IAM API that there are.</summary>
internal sealed class IamActions(IdentityStore identities, AccountStore accounts, IamUsers users, IamPolicies policies, KeyOwners owners, RoleActions roles)
{
    public QueryService Service { get; } = new("iam", "2010-05-08", IamDocument.Namespace, HasRegions: false)
    {
        Actions =
        [
            .. Users(identities, accounts, users, policies),
            .. Keys(identities, owners),
            .. roles.All,
        ],
    };

    private static IQueryAction[] Users(IdentityStore identities, AccountStore accounts, IamUsers users, IamPolicies policies) =>
    [
        new CreateUser(identities, policies),
        new GetUser(users, accounts),
        new DeleteUser(identities, users),
        new ListUsers(identities),
        new PutUserPolicy(users),
        new GetUserPolicy(users),
        new ListUserPolicies(users),
        new DeleteUserPolicy(users),
    ];

    private static IQueryAction[] Keys(IdentityStore identities, KeyOwners owners) =>
    [
        new CreateAccessKey(identities, owners),
        new ListAccessKeys(owners),
        new UpdateAccessKey(identities, owners),
        new DeleteAccessKey(identities, owners),
    ];
}
