using System.Text;
using BenchmarkDotNet.Attributes;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Pipeline;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.Micro.Policies;

/// <summary>
/// What a GET by a user costs over its signature: finding whose key it is and deciding. The user has ten policies of 2 KiB as the IAM API lets
/// it have them (one inline, five managed ones attached, two groups with two each), a permissions boundary besides, and the bucket a policy.
/// The boundary and the last policy of the last group allow it, so that all statements are looked at.
/// </summary>
[MemoryDiagnoser]
public class UserAuthorizationBenchmark
{
    private const string Resource = "arn:aws:s3:::bucket/home/ann/photos/2026/11/23/image-000017.jpeg";
    private const string AccountId = "123456789012";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly UserFacts _facts = new();
    private EmbeddedStore _store = null!;
    private AccessKeys _keys = null!;
    private Policy _bucket = null!;
    private string _keyId = "";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        Directory.CreateDirectory(_folder);
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = _folder });
        var account = new AccountRecord { AccountId = AccountId, CanonicalId = new string('a', 64), Name = "", Created = DateTimeOffset.UtcNow };
        var accounts = new AccountStore(_store.Catalog);
        await accounts.CreateAsync(account, default);
        var identities = new IdentityStore(_store.Catalog, accounts);
        var managed = new List<PolicyReference>();
        for (var number = 1; number < 10; number++)
        {
            managed.Add(await CreateAsync(identities, $"policy-{number}", PolicyTexts.Document(number, false)));
        }

        GroupRecord[] groups = [Group("staff", managed[5..7]), Group("editors", managed[7..])];
        foreach (var group in groups)
        {
            await identities.Groups.CreateAsync(group, default);
        }

        var user = new UserRecord
        {
            AccountId = AccountId,
            Name = "ann",
            Path = "/",
            Id = "AIDAANN",
            Created = account.Created,
            Policies = [new NamedPolicy("own", PolicyTexts.Document(0, false))],
            Attached = managed[..5],
            Groups = [.. groups.Select(group => new GroupMembership(group.Name, group.Id))],
            Boundary = await CreateAsync(identities, "boundary", PolicyTexts.Document(9, false)),
        };
        await identities.Users.CreateAsync(user, default);
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), AccountId, user.Name, user.Id);
        await identities.CreateKeyAsync(key, account.Created, _ => true, default);
        _keyId = key.Id;
        _bucket = PolicyParser.ParseBucketPolicy(Encoding.UTF8.GetBytes(PolicyTexts.Document(0, true)), "bucket").Policy!;
        _keys = Keys(accounts, identities, account);
        if (!await Authorize())
        {
            throw new InvalidOperationException("The benchmark's user may not do it.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public async ValueTask<bool> Authorize()
    {
        var known = (await _keys.FindAsync(_keyId, default))!;
        return PolicyEvaluator.Decide(
            new PolicyRequest(known.Key.Identity, "s3:GetObject", Resource, AccountId, _facts), known.Policies, _bucket).IsAllowed;
    }

    [Benchmark]
    public async ValueTask<bool> FindKey() => await _keys.FindAsync(_keyId, default) is not null;

    private AccessKeys Keys(AccountStore accounts, IdentityStore identities, AccountRecord account)
    {
        var root = new RootAccess(
            new AccessKey("root", "secret", Identity.Root(account.AccountId, account.CanonicalId)), null, TimeProvider.System);
        return new AccessKeys(
            root,
            identities,
            new PrincipalPolicyResolver(identities, new CompiledPolicies()),
            new Accounts(accounts, TimeProvider.System),
            new KeyUses(new KeyUseStore(_store.Catalog), TimeProvider.System),
            TimeProvider.System);
    }

    private static GroupRecord Group(string name, IReadOnlyList<PolicyReference> attached) => new()
    {
        AccountId = AccountId,
        Name = name,
        Path = "/",
        Id = "AGPA" + name,
        Created = DateTimeOffset.UtcNow,
        Attached = attached,
    };

    private static async Task<PolicyReference> CreateAsync(IdentityStore identities, string name, string document)
    {
        var now = DateTimeOffset.UtcNow;
        var policy = new ManagedPolicyRecord
        {
            AccountId = AccountId,
            Name = name,
            Path = "/",
            Id = "ANPA" + name,
            Created = now,
            Updated = now,
            Versions = [new PolicyVersion(1, document, now)],
            DefaultVersion = 1,
            LastVersion = 1,
        };
        await identities.Policies.CreateAsync(policy, default);
        return new PolicyReference(policy.Arn(), policy.Id);
    }
}
