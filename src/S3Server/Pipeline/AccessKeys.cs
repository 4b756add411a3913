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
    private readonly RootAccess _root;
    private readonly IdentityStore _identities;
    private readonly PrincipalPolicyResolver _policies;
    private readonly Accounts _accounts;
    private readonly KeyUses _uses;
    private readonly RecentReads<KnownKey> _known;

    public AccessKeys(RootAccess root, IdentityStore identities, PrincipalPolicyResolver policies, Accounts accounts, KeyUses uses, TimeProvider time)
    {
        _root = root;
        _identities = identities;
        _policies = policies;
        _accounts = accounts;
        _uses = uses;
        _known = new RecentReads<KnownKey>(ReadAsync, time);
    }

    /// <summary>Forgets what this server knows, so that it sees its own changes at once; a read under way does not count any more.</summary>
    public void Forget()
    {
        _root.Forget();
        _accounts.Forget();
        _known.Forget();
    }

    public ValueTask<KnownKey?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var root = _root.FindAsync(cancellationToken);
        return root.IsCompletedSuccessfully ? Choose(root.Result, accessKeyId, cancellationToken) : FindAsync(root, accessKeyId, cancellationToken);
    }

    private async ValueTask<KnownKey?> FindAsync(ValueTask<AccessKey?> root, string accessKeyId, CancellationToken cancellationToken) =>
        await Choose(await root, accessKeyId, cancellationToken);

    private ValueTask<KnownKey?> Choose(AccessKey? root, string accessKeyId, CancellationToken cancellationToken) => root?.Id == accessKeyId
        ? ValueTask.FromResult<KnownKey?>(new KnownKey(root, PrincipalPolicies.None))
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
                new AccessKey(key.Id, key.Secret, Identity.Root(account.AccountId, account.CanonicalId)), PrincipalPolicies.None)
            {
                Use = _uses.Of(key.Id),
            };
        }

        var identity = Principals.Of(user, account);
        return new KnownKey(new AccessKey(key.Id, key.Secret, identity), await _policies.OfUserAsync(user, cancellationToken))
        {
            Use = _uses.Of(key.Id),
        };
    }
}
