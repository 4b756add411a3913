using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// The roles, users and roots that sessions belong to, as they were at most two seconds ago: a session may what its principal may now, and
/// nothing once that is gone.
/// </summary>
internal sealed class SessionPrincipals
{
    private readonly RootAccess _root;
    private readonly IdentityStore _identities;
    private readonly PrincipalPolicyResolver _policies;
    private readonly Accounts _accounts;
    private readonly RecentReads<SessionPrincipal> _principals;
    private readonly RecentReads<ManagedPolicyRecord> _managed;

    public SessionPrincipals(RootAccess root, IdentityStore identities, PrincipalPolicyResolver policies, Accounts accounts, TimeProvider time)
    {
        _root = root;
        _identities = identities;
        _policies = policies;
        _accounts = accounts;
        _principals = new RecentReads<SessionPrincipal>(ReadAsync, time);
        _managed = new RecentReads<ManagedPolicyRecord>(ReadManagedAsync, time);
    }

    /// <summary>Forgets what this server knows, so that it sees its own changes at once.</summary>
    public void Forget()
    {
        _principals.Forget();
        _managed.Forget();
    }

    /// <summary>Whose a session is; null where that is gone, was made again, or has lost the key that the session was asked for with.</summary>
    public async ValueTask<SessionPrincipal?> FindAsync(Session session, CancellationToken cancellationToken)
    {
        var found = await _principals.FindAsync(session.PrincipalKey, cancellationToken);
        return found is not null
            && found.Id == session.PrincipalId
            && (session.ParentKeyId.Length == 0 || found.ActiveKeys.Contains(session.ParentKeyId))
                ? found
                : null;
    }

    /// <summary>The text of a managed policy that limits a session; null where it is not there any more.</summary>
    public async ValueTask<string?> DocumentAsync(SessionPolicy policy, CancellationToken cancellationToken) =>
        await _managed.FindAsync(policy.Arn, cancellationToken) is { } found && found.Id == policy.Id ? found.Default().Document : null;

    private async ValueTask<SessionPrincipal?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var (kind, accountId, name) = Session.PartsOf(key);
        if (await _accounts.FindAsync(accountId, cancellationToken) is not { } account)
        {
            return null;
        }

        switch (kind)
        {
            case SessionKind.Role:
                return await _identities.Roles.FindAsync(accountId, name, cancellationToken) is { } role
                    ? new SessionPrincipal(Principals.Of(role, account), role.Id, await _policies.OfRoleAsync(role, cancellationToken), [])
                    : null;
            case SessionKind.User:
                return await _identities.Users.FindAsync(accountId, name, cancellationToken) is { } user
                    ? new SessionPrincipal(
                        Principals.Of(user, account), user.Id, await _policies.OfUserAsync(user, cancellationToken), Active(user.Keys))
                    : null;
            default:
                string[] own = accountId == _root.AccountId && await _root.FindAsync(cancellationToken) is { } root ? [root.Id] : [];
                return new SessionPrincipal(
                    Identity.Root(accountId, account.CanonicalId), "", PrincipalPolicies.None, [.. own, .. Active(account.Keys)]);
        }
    }

    private static IReadOnlyList<string> Active(IReadOnlyList<UserKey> keys) => [.. keys.Where(key => key.IsActive).Select(key => key.Id)];

    private async ValueTask<ManagedPolicyRecord?> ReadManagedAsync(string arn, CancellationToken cancellationToken) =>
        ManagedPolicyArn.Parse(arn) is not { } parsed ? null
        : parsed.IsAwsManaged ? AwsManagedPolicies.Find(arn)
        : await _identities.Policies.FindAsync(parsed.AccountId, parsed.Name, cancellationToken) is { } found && found.Arn() == arn ? found
        : null;
}
