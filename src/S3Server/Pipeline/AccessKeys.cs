using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The access keys that requests may be signed with: the root's, and those of users and of other accounts' roots, as they were at most two
/// seconds ago; so a revoked key or a changed policy takes effect on every server within that. Unknown keys are remembered as long, so that
/// they cost no read each.
/// </summary>
internal sealed class AccessKeys
{
    private readonly KnownKey _root;
    private readonly IdentityStore _identities;
    private readonly PrincipalPolicyResolver _policies;
    private readonly Accounts _accounts;
    private readonly RecentReads<KnownKey> _known;

    public AccessKeys(AccessKey root, IdentityStore identities, PrincipalPolicyResolver policies, Accounts accounts, TimeProvider time)
    {
        _root = new KnownKey(root, PrincipalPolicies.None);
        _identities = identities;
        _policies = policies;
        _accounts = accounts;
        _known = new RecentReads<KnownKey>(ReadAsync, time);
    }

    /// <summary>Forgets what this server knows, so that it sees its own changes at once; a read under way does not count any more.</summary>
    public void Forget()
    {
        _accounts.Forget();
        _known.Forget();
    }

    public ValueTask<KnownKey?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => accessKeyId == _root.Key.Id
        ? ValueTask.FromResult<KnownKey?>(_root)
        : _known.FindAsync(accessKeyId, cancellationToken);

    private async ValueTask<KnownKey?> ReadAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (await _identities.FindKeyAsync(accessKeyId, cancellationToken) is not var (key, user)
            || await _accounts.FindAsync(key.AccountId, cancellationToken) is not { } account)
        {
            return null;
        }

        if (user is null)
        {
            return new KnownKey(
                new AccessKey(key.Id, key.Secret, Identity.Root(account.AccountId, account.CanonicalId)), PrincipalPolicies.None);
        }

        var identity = Principals.Of(user, account);
        return new KnownKey(new AccessKey(key.Id, key.Secret, identity), await _policies.OfUserAsync(user, cancellationToken));
    }
}
