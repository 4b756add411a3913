using Microsoft.Extensions.DependencyInjection;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Storage.Identities;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests;

/// <summary>An account of a test's own beside the server's first, and a client of its root.</summary>
internal sealed record OtherAccount(string AccountId, string CanonicalId, S3Endpoint Endpoint, S3Client Root) : IDisposable
{
    public static async Task<OtherAccount> CreateAsync(RunningServer server, CancellationToken token)
    {
        var account = new AccountRecord
        {
            AccountId = Account.NewAccountId(),
            CanonicalId = Account.NewCanonicalId(),
            Name = "other",
            Created = DateTimeOffset.UtcNow,
        };
        Assert.Equal(IdentityOutcome.Changed, await server.Services.GetRequiredService<AccountStore>().CreateAsync(account, token));
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), account.AccountId, "", account.AccountId);
        Assert.Equal(IdentityOutcome.Changed, await server.Services.GetRequiredService<IdentityStore>().CreateKeyAsync(key, account.Created, _ => true, token));
        var endpoint = server.Endpoint with { AccessKey = key.Id, SecretKey = key.Secret };
        return new OtherAccount(account.AccountId, account.CanonicalId, endpoint, new S3Client(endpoint));
    }

    public void Dispose() => Root.Dispose();
}
