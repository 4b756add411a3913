using System.Text.Json;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Storage;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The account that the store belongs to, made at first start and kept in the catalog.</summary>
internal sealed record AccountFacts(string AccountId, string CanonicalId)
{
    public const string Key = "account";

    public Identity Root => Identity.Root(AccountId, CanonicalId);

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
    public static async Task<AccountFacts> LoadAsync(ICatalog catalog, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await catalog.GetAsync(CatalogTable.Setting, Key, cancellationToken) is { Value: { } value })
            {
                return JsonSerializer.Deserialize(value, AccountFactsJson.Default.AccountFacts)
                    ?? throw new CorruptDataException("The account's facts in the catalog cannot be read.");
            }

            var facts = new AccountFacts(Account.NewAccountId(), Account.NewCanonicalId());
            var bytes = JsonSerializer.SerializeToUtf8Bytes(facts, AccountFactsJson.Default.AccountFacts);
            await catalog.WriteAsync(CatalogTable.Setting, Key, null, bytes, cancellationToken);
        }
    }
}
