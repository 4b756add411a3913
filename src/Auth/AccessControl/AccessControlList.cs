using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.AccessControl;

/// <summary>The grants on a bucket or an object, in order. Immutable. The owner is not in it: owning is no grant.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html"/>
public sealed class AccessControlList(IReadOnlyList<Grant> grants)
{
    /// <summary>The most grants that a list may have.</summary>
    public const int MaxGrants = 100;

    public IReadOnlyList<Grant> Grants => grants;

    /// <summary>Whether it gives anything to a group that anybody can be in.</summary>
    public bool IsPublic => grants.Any(grant => grant.Grantee.IsPublic);

    /// <summary>The list that a resource has by itself: full control for its owner.</summary>
    public static AccessControlList Private(string owner) => new([new Grant(Grantee.Account(owner), AclPermission.FullControl)]);

    /// <summary>Whether it is <see cref="Private"/> of that owner.</summary>
    public bool IsPrivate(string owner) =>
        grants is [{ Permission: AclPermission.FullControl, Grantee.Kind: GranteeKind.CanonicalUser } only] && only.Grantee.CanonicalId == owner;

    /// <summary>Whether it gives anything to others than that account.</summary>
    public bool GivesToOthers(string owner) =>
        grants.Any(grant => grant.Grantee.Kind != GranteeKind.CanonicalUser || grant.Grantee.CanonicalId != owner);

    /// <summary>
    /// How it gives <paramref name="identity"/> all of <paramref name="permission"/>: to its account, which may give it on by its policies,
    /// or to it directly, as one of a group. Public grants do not count where <paramref name="ignorePublic"/> says so.
    /// </summary>
    public PrincipalMatch Match(Identity identity, AclPermission permission, bool ignorePublic)
    {
        var (direct, account) = (AclPermission.None, AclPermission.None);
        foreach (var (grantee, given) in grants)
        {
            switch (MatchOf(grantee, identity, ignorePublic))
            {
                case PrincipalMatch.Direct:
                    direct |= given;
                    break;
                case PrincipalMatch.Account:
                    account |= given;
                    break;
            }
        }

        return (direct & permission) == permission ? PrincipalMatch.Direct
            : ((direct | account) & permission) == permission ? PrincipalMatch.Account
            : PrincipalMatch.None;
    }

    private static PrincipalMatch MatchOf(Grantee grantee, Identity identity, bool ignorePublic) => grantee.Kind switch
    {
        GranteeKind.AllUsers when !ignorePublic => PrincipalMatch.Direct,
        GranteeKind.AuthenticatedUsers when !ignorePublic && !identity.IsAnonymous => PrincipalMatch.Direct,
        GranteeKind.CanonicalUser when identity.IsAnonymous => grantee.CanonicalId == Account.AnonymousCanonicalId ? PrincipalMatch.Direct : PrincipalMatch.None,
        GranteeKind.CanonicalUser when grantee.CanonicalId == identity.CanonicalId => PrincipalMatch.Account,
        _ => PrincipalMatch.None,
    };
}
