using System.Text.Json;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Storage;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The account that the store belongs to, made at first start and kept in the catalog.</summary>
internal sealed record AccountFacts(string AccountId, string CanonicalId)
{
    public const string Key = "account";

    public Identity Root => Identity.Root(AccountId, CanonicalId);

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
