using BenchmarkDotNet.Attributes;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Pipeline;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.Micro.Sessions;

/// <summary>
/// What temporary credentials cost a request over long-lived ones: finding whose key it is and what it may do, with a token of a usual
/// session and of the largest; and opening a token for the first time.
/// </summary>
[MemoryDiagnoser]
public class SessionCredentialsBenchmark
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private EmbeddedStore _store = null!;
    private AccessKeys _keys = null!;
    private SessionCredentials _sessions = null!;
    private SessionKey _key = null!;
    private string _user = "";
    private (string Id, string Token) _usual;
    private (string Id, string Token) _largest;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        Directory.CreateDirectory(_folder);
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = _folder });
        var account = new AccountRecord { AccountId = "123456789012", CanonicalId = new string('a', 64), Name = "", Created = DateTimeOffset.UtcNow };
        var accounts = new AccountStore(_store.Catalog);
        await accounts.CreateAsync(account, default);
        var identities = new IdentityStore(_store.Catalog, accounts);
        var user = new UserRecord { AccountId = account.AccountId, Name = "ann", Path = "/", Id = "AIDAANN", Created = account.Created };
        var role = new RoleRecord { AccountId = account.AccountId, Name = "role", Path = "/", Id = "AROAROLE", Created = account.Created, TrustPolicy = "" };
        await identities.Users.CreateAsync(user, default);
        await identities.Roles.CreateAsync(role, default);
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), account.AccountId, user.Name, user.Id);
        await identities.CreateKeyAsync(key, account.Created, _ => true, default);
        _user = key.Id;
        var root = new RootAccess(
            new AccessKey("root", "secret", Identity.Root(account.AccountId, account.CanonicalId)), null, TimeProvider.System);
        var compiled = new CompiledPolicies();
        var resolver = new PrincipalPolicyResolver(identities, compiled);
        var recent = new Accounts(accounts, TimeProvider.System);
        var sessionKeys = new SessionKeys(new SessionKeyStore(_store.Catalog), TimeProvider.System);
        var uses = new KeyUses(new KeyUseStore(_store.Catalog), TimeProvider.System);
        _keys = new AccessKeys(root, identities, resolver, recent, uses, TimeProvider.System);
        _sessions = new SessionCredentials(
            sessionKeys, new SessionPrincipals(root, identities, resolver, recent, TimeProvider.System), compiled, uses, TimeProvider.System);
        _key = await sessionKeys.CurrentAsync(default);
        _usual = Seal(role, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""");
        _largest = Seal(role, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""".PadRight(6000));
        if (!await Usual() || !await Largest() || !await LongLived())
        {
            throw new InvalidOperationException("The benchmark's credentials are not accepted.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public async ValueTask<bool> LongLived() => await _keys.FindAsync(_user, default) is not null;

    [Benchmark]
    public async ValueTask<bool> Usual() => (await _sessions.FindAsync(_usual.Id, _usual.Token, default)).Key is not null;

    [Benchmark]
    public async ValueTask<bool> Largest() => (await _sessions.FindAsync(_largest.Id, _largest.Token, default)).Key is not null;

    [Benchmark]
    public SessionTokenStatus OpenUsual() => SessionToken.Open(_usual.Token, _usual.Id, [_key], DateTimeOffset.UtcNow, out _);

    private (string Id, string Token) Seal(RoleRecord role, string policy)
    {
        var now = DateTimeOffset.UtcNow;
        var session = new Session
        {
            AccessKeyId = AccessKeyRules.NewSessionId(),
            SecretBytes = new byte[AccessKeyRules.SecretBytes],
            Kind = SessionKind.Role,
            AccountId = role.AccountId,
            PrincipalName = role.Name,
            PrincipalId = role.Id,
            Name = "session",
            Issued = now,
            Expires = now.AddHours(12),
            Policy = policy,
        };
        return (session.AccessKeyId, SessionToken.Seal(session, _key));
    }
}
