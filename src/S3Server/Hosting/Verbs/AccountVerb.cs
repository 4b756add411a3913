using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>account create</c> and <c>account list</c>: several accounts in one store, each with its root, its canonical id and its own users.</summary>
internal static class AccountVerb
{
    private const int PageSize = 500;
    private const int MaxName = 64;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var isCreate = arguments.Count > 1 && arguments[0] == "create" && !arguments[1].StartsWith("--", StringComparison.Ordinal);
        if (!isCreate && (arguments.Count == 0 || arguments[0] != "list"))
        {
            throw new ConfigurationException("\"account\" needs to be told what to do: account create NAME, or account list.");
        }

        var options = ServerOptionsBinder.Bind(
            SettingValues.Load([.. arguments.Skip(isCreate ? 2 : 1)], Environment.GetEnvironmentVariables()));
        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        var catalog = store.Seams.Catalog;
        var facts = await AccountFacts.LoadAsync(catalog, options.AccountId, CancellationToken.None);
        await facts.RecordAsync(catalog, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        if (isCreate)
        {
            await CreateAsync(catalog, arguments[1], output);
        }
        else
        {
            await ListAsync(new AccountStore(catalog), output);
        }

        return 0;
    }

    private static async Task CreateAsync(ICatalog catalog, string name, TextWriter output)
    {
        if (name.Length > MaxName || name.Any(char.IsControl))
        {
            throw new ConfigurationException($"An account's name has at most {MaxName} characters, none of them a control character.");
        }

        var accounts = new AccountStore(catalog);
        var account = new AccountRecord
        {
            AccountId = Account.NewAccountId(),
            CanonicalId = Account.NewCanonicalId(),
            Name = name,
            Created = TimeProvider.System.GetUtcNow(),
        };
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), account.AccountId, "", account.AccountId);
        if (await accounts.CreateAsync(account, CancellationToken.None) != IdentityOutcome.Changed
            || await new IdentityStore(catalog, accounts).CreateKeyAsync(key, account.Created, _ => true, CancellationToken.None) != IdentityOutcome.Changed)
        {
            throw new ConfigurationException("The account could not be made, or may have been: \"account list\" tells. Try again.");
        }

        await output.WriteLineAsync($"account id         {account.AccountId}");
        await output.WriteLineAsync($"canonical id       {account.CanonicalId}");
        await output.WriteLineAsync($"access key id      {key.Id}");
        await output.WriteLineAsync($"secret access key  {key.Secret}");
        await output.WriteLineAsync("The secret is shown this once; \"key create --account ID\" makes another key.");
    }

    private static async Task ListAsync(AccountStore accounts, TextWriter output)
    {
        string? after = null;
        while (true)
        {
            var some = await accounts.ListAsync(after, PageSize, CancellationToken.None);
            foreach (var account in some)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{account.AccountId}  {account.CanonicalId}  {account.Created:yyyy-MM-dd}  {account.Name}"));
            }

            if (some.Count < PageSize)
            {
                return;
            }

            after = some[^1].AccountId;
        }
    }
}
