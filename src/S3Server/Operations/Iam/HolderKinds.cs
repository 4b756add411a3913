using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Users and groups, as actions that they have in common need them.</summary>
internal static class HolderKinds
{
    // AWS's quotas of inline policies together, white space not counted.
    private const int MaxInlineOfUser = 2048;
    private const int MaxInlineOfGroup = 5120;

    /// <summary>How long a name may be that is looked up; those that are made have their own limits.</summary>
    private const int MaxName = 128;

    public static IamHolders<UserRecord> Users(IdentityStore identities) => new(new HolderKind<UserRecord>(
        "User",
        MaxName,
        MaxInlineOfUser,
        identities.Users,
        static (user, policies) => user with { Policies = policies },
        static (user, attached) => user with { Attached = attached }));

    public static IamHolders<GroupRecord> Groups(IdentityStore identities) => new(new HolderKind<GroupRecord>(
        "Group",
        MaxName,
        MaxInlineOfGroup,
        identities.Groups,
        static (group, policies) => group with { Policies = policies },
        static (group, attached) => group with { Attached = attached }));
}
