using System.Text;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>
/// Accounts in the catalog, by id and by canonical id. The canonical id's record is written first: a crash between leaves one that leads
/// nowhere.
/// </summary>
public sealed class AccountStore(ICatalog catalog)
{
    private readonly CatalogRecords<AccountRecord> _accounts = new(catalog, CatalogTable.Account, IdentityJson.Records.AccountRecord);

    public ValueTask<AccountRecord?> FindAsync(string accountId, CancellationToken cancellationToken) => _accounts.FindAsync(accountId, cancellationToken);

    public async ValueTask<AccountRecord?> FindByCanonicalIdAsync(string canonicalId, CancellationToken cancellationToken) =>
        await catalog.GetAsync(CatalogTable.CanonicalId, canonicalId, cancellationToken) is { Value: { } id }
            && await FindAsync(Encoding.UTF8.GetString(id), cancellationToken) is { } account
            && account.CanonicalId == canonicalId
                ? account
                : null;

    /// <summary>Accounts by id, those above <paramref name="after"/>.</summary>
    public ValueTask<IReadOnlyList<AccountRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        _accounts.ListAsync("", after, limit, cancellationToken);

    /// <summary>Changed; Exists where there is one of that id.</summary>
    public async ValueTask<IdentityOutcome> CreateAsync(AccountRecord account, CancellationToken cancellationToken)
    {
        var named = await catalog.WriteAsync(
            CatalogTable.CanonicalId, account.CanonicalId, null, Encoding.UTF8.GetBytes(account.AccountId), cancellationToken);
        return named.Outcome == CatalogOutcome.Unknown
            ? IdentityOutcome.Unknown
            : await _accounts.CreateAsync(account.AccountId, account, cancellationToken);
    }

    /// <summary>As <see cref="CatalogRecords{T}.ChangeAsync"/>. The ids stay.</summary>
    public ValueTask<IdentityOutcome> ChangeAsync(
        string accountId, Func<AccountRecord, AccountRecord?> change, CancellationToken cancellationToken) =>
        _accounts.ChangeAsync(accountId, change, cancellationToken);
}
