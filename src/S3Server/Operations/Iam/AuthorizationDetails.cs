using System.Runtime.CompilerServices;
using System.Xml.Linq;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Reads what an account has, kind by kind, each by name; only what a page needs is read.</summary>
internal sealed class AuthorizationDetails(IdentityStore identities, PolicyUses uses, RoleUses roleUses)
{
    /// <summary>The kinds in the order in which pages go through them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["AWSManagedPolicy", "Group", "LocalManagedPolicy", "Role", "User"];

    /// <summary>Those of a kind that come after a name; all where it is null. Of AWS's policies those that are in use.</summary>
    public IAsyncEnumerable<AuthorizationDetail> OfAsync(string kind, string accountId, string? after, CancellationToken cancellationToken) => kind switch
    {
        "AWSManagedPolicy" => AwsPoliciesAsync(accountId, after, cancellationToken),
        "Group" => identities.Groups.AllAsync(accountId, after, cancellationToken).Select(group => new AuthorizationDetail(kind, group.Name, Of(group))),
        "LocalManagedPolicy" => PoliciesAsync(accountId, after, cancellationToken),
        "Role" => RolesAsync(accountId, after, cancellationToken),
        _ => identities.Users.AllAsync(accountId, after, cancellationToken).Select(user => new AuthorizationDetail(kind, user.Name, Of(user))),
    };

    private async IAsyncEnumerable<AuthorizationDetail> RolesAsync(
        string accountId, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var role in identities.Roles.AllAsync(accountId, after, cancellationToken))
        {
            yield return new AuthorizationDetail("Role", role.Name, Of(role, await roleUses.ElementAsync(role, cancellationToken)));
        }
    }

    private async IAsyncEnumerable<AuthorizationDetail> PoliciesAsync(
        string accountId, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var counted = await uses.CountAsync(accountId, cancellationToken);
        await foreach (var policy in identities.Policies.AllAsync(accountId, after, cancellationToken))
        {
            yield return new AuthorizationDetail("LocalManagedPolicy", policy.Name, Of(policy, counted.GetValueOrDefault(PolicyUses.ReferenceTo(policy))));
        }
    }

    private async IAsyncEnumerable<AuthorizationDetail> AwsPoliciesAsync(
        string accountId, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var counted = await uses.CountAsync(accountId, cancellationToken);
        foreach (var policy in AwsManagedPolicies.All.Where(policy => string.CompareOrdinal(policy.Name, after) > 0))
        {
            if (counted.TryGetValue(PolicyUses.ReferenceTo(policy), out var use))
            {
                yield return new AuthorizationDetail("AWSManagedPolicy", policy.Name, Of(policy, use));
            }
        }
    }

    private static XElement Of(UserRecord user) => IamDocument.Element(
        "member",
        [
            .. Common(user, "User"),
            IamDocument.Element("GroupList", [.. user.Groups.Select(group => IamDocument.Element("member", group.Name))]),
            .. IamDocument.Boundary(user.Boundary),
            .. IamTags.Element(user.Tags),
        ]);

    private static XElement Of(GroupRecord group) => IamDocument.Element("member", [.. Common(group, "Group")]);

    private static XElement Of(RoleRecord role, XElement lastUsed) => IamDocument.Element(
        "member",
        [
            .. Common(role, "Role"),
            IamDocument.Element("AssumeRolePolicyDocument", Uri.EscapeDataString(role.TrustPolicy)),
            IamDocument.Element("InstanceProfileList"),
            .. IamDocument.Boundary(role.Boundary),
            .. IamTags.Element(role.Tags),
            lastUsed,
        ]);

    private static XElement Of(ManagedPolicyRecord policy, PolicyUse use)
    {
        var element = PolicyElements.Of(policy, use, isAlone: false, "member");
        var versions = policy.Versions.Reverse().Select(version => PolicyElements.Version(policy, version, withDocument: true, "member"));
        element.Add(policy.Description is { } description ? IamDocument.Element("Description", description) : null);
        element.Add(IamDocument.Element("PolicyVersionList", [.. versions]));
        return element;
    }

    /// <summary>What all that have policies have.</summary>
    private static IEnumerable<XElement> Common(IPolicyHolder holder, string kind) =>
    [
        .. IamDocument.Named(holder, kind),
        IamDocument.Element("CreateDate", IamDocument.Date(Created(holder))),
        IamDocument.Element(kind + "PolicyList", [.. holder.Policies.Select(Inline)]),
        IamDocument.Element("AttachedManagedPolicies", [.. holder.Attached.Select(ListAttachedPolicies<UserRecord>.Member)]),
    ];

    private static XElement Inline(NamedPolicy policy) => IamDocument.Element(
        "member",
        IamDocument.Element("PolicyName", policy.Name),
        IamDocument.Element("PolicyDocument", Uri.EscapeDataString(policy.Document)));

    private static DateTimeOffset Created(IPolicyHolder holder) => holder switch
    {
        UserRecord user => user.Created,
        GroupRecord group => group.Created,
        RoleRecord role => role.Created,
        _ => default,
    };
}
