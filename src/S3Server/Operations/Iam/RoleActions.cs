using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The actions of the IAM API on roles, and on the providers that roles trust.</summary>
internal sealed class RoleActions(
    IdentityStore identities, IamRoles roles, RoleUses uses, IamPolicies policies, TrustPolicies trust, IamProviders providers, OutboundClient outbound)
{
    public IEnumerable<IQueryAction> All => [.. Roles, .. Policies, .. Providers];

    private IQueryAction[] Roles =>
    [
        new CreateRole(identities, policies, trust),
        new GetRole(roles, uses),
        new ListRoles(identities),
        new UpdateRole(roles),
        new UpdateRoleDescription(roles),
        new UpdateAssumeRolePolicy(roles, trust),
        new DeleteRole(identities, roles, uses),
        new TagRole(roles),
        new UntagRole(roles),
        new ListRoleTags(roles),
        new ListInstanceProfilesForRole(roles),
    ];

    private IQueryAction[] Policies =>
    [
        new PutRolePolicy(roles),
        new GetRolePolicy(roles),
        new ListRolePolicies(roles),
        new DeleteRolePolicy(roles),
        new AttachRolePolicy(roles, policies),
        new DetachRolePolicy(roles),
        new ListAttachedRolePolicies(roles),
        new PutRolePermissionsBoundary(roles, policies),
        new DeleteRolePermissionsBoundary(roles),
    ];

    private IQueryAction[] Providers =>
    [
        new CreateOpenIDConnectProvider(identities, providers, outbound),
        new GetOpenIDConnectProvider(providers),
        new ListOpenIDConnectProviders(identities),
        new DeleteOpenIDConnectProvider(identities, providers),
        new AddClientIDToOpenIDConnectProvider(providers),
        new RemoveClientIDFromOpenIDConnectProvider(providers),
        new UpdateOpenIDConnectProviderThumbprint(providers),
        new TagOpenIDConnectProvider(providers),
        new UntagOpenIDConnectProvider(providers),
        new ListOpenIDConnectProviderTags(providers),
    ];
}
