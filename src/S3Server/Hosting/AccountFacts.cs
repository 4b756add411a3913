using System.Text.Json;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The account that the store belongs to, made at first start and kept in the catalog.</summary>
internal sealed record AccountFacts(string AccountId, string CanonicalId)
{
    public const string Key = "account";

    public Identity Root => Identity.Root(AccountId, CanonicalId);

    /// <summary>The root key as what requests are signed with.</summary>
    public AccessKey? KeyOf(RootKey? root) => root is null ? null : new AccessKey(root.Id, root.Secret, Root);

    /// <summary>Makes the account one of those in the catalog, where it is not yet.</summary>
    public async Task RecordAsync(ICatalog catalog, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accounts = new AccountStore(catalog);
        if (await accounts.FindAsync(AccountId, cancellationToken) is null)
        {
            await accounts.CreateAsync(
                new AccountRecord { AccountId = AccountId, CanonicalId = CanonicalId, Name = "", Created = now }, cancellationToken);
        }
    }

    /// <summary>Reads them, making them where there are none. Safe for several servers at once: one of them wins.</summary>
    /// <param name="catalog">Where they are kept.</param>
    /// <param name="accountId">The id that is asked for; null: any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConfigurationException">The account has another id than is asked for.</exception>
    public static async Task<AccountFacts> LoadAsync(ICatalog catalog, string? accountId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await catalog.GetAsync(CatalogTable.Setting, Key, cancellationToken) is { Value: { } value })
            {
                var known = JsonSerializer.Deserialize(value, AccountFactsJson.Default.AccountFacts)
                    ?? throw new CorruptDataException("The account's facts in the catalog cannot be read.");
                return accountId is null || accountId == known.AccountId
                    ? known
                    : throw new ConfigurationException($"--{Settings.AccountId} is {accountId}, but the store's account is {known.AccountId} already.");
            }

            var facts = new AccountFacts(accountId ?? Account.NewAccountId(), Account.NewCanonicalId());
            var bytes = JsonSerializer.SerializeToUtf8Bytes(facts, AccountFactsJson.Default.AccountFacts);
            await catalog.WriteAsync(CatalogTable.Setting, Key, null, bytes, cancellationToken);
        }
    }
}
