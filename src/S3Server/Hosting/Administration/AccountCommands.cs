using System.Globalization;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>Makes and lists a store's accounts, for which IAM has no actions.</summary>
internal sealed class AccountCommands(AccountStore accounts, IdentityStore identities, TimeProvider time)
{
    public const string Create = "account create";
    public const string List = "account list";

    /// <summary>What its audit lines call it, after AWS Organizations.</summary>
    public const string CreateAction = "CreateAccount";

    public const string NameParameter = "AccountName";

    private const int PageSize = 500;
    private const int MaxName = 64;

    /// <summary>An account, its canonical id and its root's key.</summary>
    public async Task<AdministrationAnswer> CreateAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl))
        {
            return AdministrationAnswer.Refused($"An account's name has at most {MaxName} characters, none of them a control character.");
        }

        var account = new AccountRecord
        {
            AccountId = Account.NewAccountId(),
            CanonicalId = Account.NewCanonicalId(),
            Name = name,
            Created = time.GetUtcNow(),
        };
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), account.AccountId, "", account.AccountId);
        if (await accounts.CreateAsync(account, cancellationToken) != IdentityOutcome.Changed
            || await identities.CreateKeyAsync(key, account.Created, _ => true, cancellationToken) != IdentityOutcome.Changed)
        {
            return AdministrationAnswer.Refused("The account could not be made, or may have been: \"account list\" tells. Try again.");
        }

        return new AdministrationAnswer(
            [
                $"account id         {account.AccountId}",
                $"canonical id       {account.CanonicalId}",
                $"access key id      {key.Id}",
                $"secret access key  {key.Secret}",
                "The secret is shown this once; \"key create --account ID\" makes another key.",
            ],
            null);
    }

    /// <summary>A line each.</summary>
    public async Task<AdministrationAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        IReadOnlyList<AccountRecord> some = [];
        do
        {
            some = await accounts.ListAsync(some.Count == 0 ? null : some[^1].AccountId, PageSize, cancellationToken);
            lines.AddRange(some.Select(account =>
                string.Create(CultureInfo.InvariantCulture, $"{account.AccountId}  {account.CanonicalId}  {account.Created:yyyy-MM-dd}  {account.Name}")));
        }
        while (some.Count == PageSize);

        return new AdministrationAnswer(lines, null);
    }
}
