using System.Collections.Concurrent;
using System.Text;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The access keys that requests may be signed with: the root's, and those of users, as they were at most two seconds ago; so a revoked key
/// or a changed policy takes effect on every server within that. Unknown keys are remembered as long, so that they cost no read each.
/// </summary>
internal sealed class AccessKeys(AccessKey root, IdentityStore identities, TimeProvider time)
{
    /// <summary>What only decides access may be this old (design, section 5).</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private const int Capacity = 10_000;

    /// <summary>A user's policy that was stored and cannot be read denies everything.</summary>
    private static readonly Policy Unreadable = PolicyParser.Parse(
        """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"""u8, PolicyKind.Identity).Policy!;

    private readonly KnownKey _root = new(root, PrincipalPolicies.None);
    private readonly ConcurrentDictionary<string, (KnownKey? Key, long Read)> _known = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>Forgets what this server knows, so that it sees its own changes at once; a read under way does not count any more.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }

    public ValueTask<KnownKey?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (accessKeyId == root.Id)
        {
            return ValueTask.FromResult<KnownKey?>(_root);
        }

        return _known.TryGetValue(accessKeyId, out var known) && time.GetElapsedTime(known.Read) < MaxAge
            ? ValueTask.FromResult(known.Key)
            : ReadAsync(accessKeyId, cancellationToken);
    }

    private async ValueTask<KnownKey?> ReadAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var generation = Volatile.Read(ref _generation);
        var began = time.GetTimestamp();
        var found = await identities.FindKeyAsync(accessKeyId, cancellationToken);
        var known = found is { } pair ? Known(pair.Key, pair.User) : null;
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[accessKeyId] = (known, began);
        if (generation != Volatile.Read(ref _generation))
        {
            _known.TryRemove(accessKeyId, out _);
        }

        return known;
    }

    private KnownKey? Known(KeyRecord key, UserRecord user)
    {
        if (user.AccountId != root.Identity.AccountId)
        {
            return null;
        }

        var arn = $"arn:aws:iam::{user.AccountId}:user{user.Path}{user.Name}";
        var identity = Identity.Principal(arn, user.AccountId, root.Identity.CanonicalId) with { UniqueId = user.Id };
        return new KnownKey(
            new AccessKey(key.Id, key.Secret, identity), new PrincipalPolicies { Identity = [.. user.Policies.Select(Compile)] });
    }

    private static Policy Compile(NamedPolicy policy) =>
        PolicyParser.Parse(Encoding.UTF8.GetBytes(policy.Document), PolicyKind.Identity).Policy ?? Unreadable;
}
