using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>The store's accounts as they were at most two seconds ago.</summary>
internal sealed class Accounts(AccountStore store, TimeProvider time)
{
    private readonly RecentReads<AccountRecord> _byId = new(store.FindAsync, time);
    private readonly RecentReads<AccountRecord> _byCanonicalId = new(store.FindByCanonicalIdAsync, time);

    public ValueTask<AccountRecord?> FindAsync(string accountId, CancellationToken cancellationToken) => _byId.FindAsync(accountId, cancellationToken);

    public ValueTask<AccountRecord?> FindByCanonicalIdAsync(string canonicalId, CancellationToken cancellationToken) =>
        _byCanonicalId.FindAsync(canonicalId, cancellationToken);

    /// <summary>Forgets what this server knows, so that it sees its own changes at once.</summary>
    public void Forget()
    {
        _byId.Forget();
        _byCanonicalId.Forget();
    }
}
