using S3Cassandra.Auth.Sessions;
using S3Cassandra.Storage;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// The keys that session tokens are sealed with: made once for all servers, replaced every 30 days, kept as long as a token that one sealed
/// may live. A token of a key that this server does not know yet makes it read the ring, once a second at most.
/// </summary>
internal sealed class SessionKeys(SessionKeyStore store, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>The longest session, 36 hours, and room for clocks that differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(48);

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(1);

    private Ring _ring = new([], 0);

    /// <summary>Those at hand, newest first.</summary>
    public IReadOnlyList<SessionKey> Known => Volatile.Read(ref _ring).Keys;

    /// <summary>The key to seal with, made where there is none that is young enough.</summary>
    /// <exception cref="StoreUnavailableException">The ring cannot be read or written.</exception>
    public async ValueTask<SessionKey> CurrentAsync(CancellationToken cancellationToken)
    {
        var ring = Volatile.Read(ref _ring);
        if (ring.Keys is [{ } newest, ..] && time.GetElapsedTime(ring.Read) < MaxAge && !IsOld(newest))
        {
            return newest;
        }

        while (true)
        {
            if (await ReadAsync(cancellationToken) is [{ } young, ..] && !IsOld(young))
            {
                return young;
            }

            await ReplaceAsync(cancellationToken);
        }
    }

    /// <summary>Reads the ring again, unless it was read a moment ago; whether it was.</summary>
    public async ValueTask<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var ring = Volatile.Read(ref _ring);
        if (ring.Keys.Count > 0 && time.GetElapsedTime(ring.Read) < MinPause)
        {
            return false;
        }

        await ReadAsync(cancellationToken);
        return true;
    }

    private bool IsOld(SessionKey key) => time.GetUtcNow() - key.Made >= Lifetime;

    private async ValueTask<IReadOnlyList<SessionKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var stored = await store.FindAsync(cancellationToken);
        SessionKey[] keys = [.. (stored?.Keys ?? []).Select(key => new SessionKey(key.Id, key.Key, key.Made))];
        Volatile.Write(ref _ring, new Ring(keys, began));
        return keys;
    }

    private async ValueTask ReplaceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outcome = await store.ChangeAsync(ring => Replaced(ring, now), cancellationToken);
        if (outcome == IdentityOutcome.NotFound)
        {
            // There is none yet, or another server has just replaced it.
            outcome = await store.CreateAsync(new SessionKeyRing { Keys = [Of(SessionKey.New(1, now))] }, cancellationToken);
        }

        if (outcome == IdentityOutcome.Unknown)
        {
            throw new StoreUnavailableException("The session keys could not be written.");
        }
    }

    /// <summary>The ring with a new key in front and without those that no token in force can be of; null where the newest is young.</summary>
    private static SessionKeyRing? Replaced(SessionKeyRing ring, DateTimeOffset now)
    {
        if (ring.Keys is [{ } newest, ..] && now - newest.Made < Lifetime)
        {
            return null;
        }

        var keys = new List<SessionKeyRecord> { Of(SessionKey.New(ring.Keys.Select(key => key.Id).DefaultIfEmpty(0u).Max() + 1, now)) };
        foreach (var key in ring.Keys)
        {
            if (now - keys[^1].Made < Overlap)
            {
                keys.Add(key);
            }
        }

        return new SessionKeyRing { Keys = keys };
    }

    private static SessionKeyRecord Of(SessionKey key) => new(key.Id, key.Key, key.Made);

    private sealed record Ring(IReadOnlyList<SessionKey> Keys, long Read);
}
