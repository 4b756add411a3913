using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The actions of the IAM API that there are: <see cref="Query.IQueryAction"/> each, made once with what they ask for.</summary>
internal static class IamActions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Users, .. Keys, .. Groups, .. Policies, .. Account, .. Absent];

    private static IEnumerable<Type> Users =>
    [
        typeof(CreateUser),
        typeof(GetUser),
        typeof(UpdateUser),
        typeof(DeleteUser),
        typeof(ListUsers),
        typeof(PutUserPermissionsBoundary),
        typeof(DeleteUserPermissionsBoundary),
        typeof(TagUser),
        typeof(UntagUser),
        typeof(ListUserTags),
        .. PoliciesOf<UserRecord>(),
    ];

    private static IEnumerable<Type> Keys =>
    [
        typeof(CreateAccessKey),
        typeof(ListAccessKeys),
        typeof(UpdateAccessKey),
        typeof(DeleteAccessKey),
        typeof(GetAccessKeyLastUsed),
    ];

    private static IEnumerable<Type> Groups =>
    [
        typeof(CreateGroup),
        typeof(GetGroup),
        typeof(UpdateGroup),
        typeof(DeleteGroup),
        typeof(ListGroups),
        typeof(AddUserToGroup),
        typeof(RemoveUserFromGroup),
        typeof(ListGroupsForUser),
        .. PoliciesOf<GroupRecord>(),
    ];

    private static IEnumerable<Type> Policies =>
    [
        typeof(CreatePolicy),
        typeof(GetPolicy),
        typeof(DeletePolicy),
        typeof(ListPolicies),
        typeof(CreatePolicyVersion),
        typeof(GetPolicyVersion),
        typeof(ListPolicyVersions),
        typeof(DeletePolicyVersion),
        typeof(SetDefaultPolicyVersion),
        typeof(ListEntitiesForPolicy),
        typeof(TagPolicy),
        typeof(UntagPolicy),
        typeof(ListPolicyTags),
        typeof(SimulateCustomPolicy),
        typeof(SimulatePrincipalPolicy),
    ];

    private static IEnumerable<Type> Account =>
    [
        typeof(GetAccountSummary),
        typeof(GetAccountAuthorizationDetails),
        typeof(CreateAccountAlias),
        typeof(DeleteAccountAlias),
        typeof(ListAccountAliases),
    ];

    /// <summary>Of what there is nothing here: empty lists and NoSuchEntity, as at AWS where somebody has none.</summary>
    private static IEnumerable<Type> Absent =>
    [
        typeof(ListSSHPublicKeys),
        typeof(ListMFADevices),
        typeof(ListVirtualMFADevices),
        typeof(ListSigningCertificates),
        typeof(ListServiceSpecificCredentials),
        typeof(GetLoginProfile),
        typeof(DeleteLoginProfile),
        typeof(GetAccountPasswordPolicy),
        typeof(DeleteAccountPasswordPolicy),
        typeof(ListInstanceProfiles),
        typeof(ListServerCertificates),
        typeof(ListSAMLProviders),
    ];

    /// <summary>What users, groups and roles have in common: Put…Policy, Attach…Policy and so on.</summary>
    private static IEnumerable<Type> PoliciesOf<T>()
        where T : class, IPolicyHolder =>
    [
        typeof(PutInlinePolicy<T>),
        typeof(GetInlinePolicy<T>),
        typeof(ListInlinePolicies<T>),
        typeof(DeleteInlinePolicy<T>),
        typeof(AttachPolicy<T>),
        typeof(DetachPolicy<T>),
        typeof(ListAttachedPolicies<T>),
    ];
}
