using System.Collections.Concurrent;
using System.Text.Json;
using S3Cassandra.Auth.WebIdentities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// The keys of identity providers, as they publish them (OpenID Connect Discovery 1.0, 4). Kept for an hour; fetched again before that, at
/// most once a minute, when a token names a key that is not among them; not tried again for ten seconds after a failure. So however many
/// tokens come, a provider is asked seldom; and only those that an account has registered are asked at all.
/// </summary>
internal sealed class IssuerKeys(OutboundClient client, TimeProvider time) : IDisposable
{
    private const int Capacity = 1000;
    private const int MaxConfigurationBytes = 64 * 1024;
    private const int MaxFetches = 8;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<Fetched>>> _byIssuer = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _fetches = new(MaxFetches);

    /// <summary>An issuer's keys; null where they cannot be had.</summary>
    /// <param name="issuer">The URL, as registered.</param>
    /// <param name="keyId">The key that a token names; null where it names none.</param>
    /// <param name="cancellationToken">Ends the wait, not the fetch: others may wait for it too.</param>
    public async ValueTask<JsonWebKeySet?> FindAsync(string issuer, string? keyId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_byIssuer.Count >= Capacity)
            {
                _byIssuer.Clear();
            }

            var entry = _byIssuer.GetOrAdd(issuer, static (name, self) => self.Begin(name), this);
            Fetched fetched;
            try
            {
                fetched = await entry.Value.WaitAsync(cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                _byIssuer.TryRemove(KeyValuePair.Create(issuer, entry));
                throw;
            }

            if (!IsStale(fetched, keyId))
            {
                return fetched.Keys;
            }

            // Whoever takes it out begins the next one; the others wait for that.
            _byIssuer.TryUpdate(issuer, Begin(issuer), entry);
        }
    }

    public void Dispose() => _fetches.Dispose();

    private Lazy<Task<Fetched>> Begin(string issuer) => new(() => FetchAsync(issuer));

    private bool IsStale(Fetched fetched, string? keyId)
    {
        var age = time.GetElapsedTime(fetched.At);
        return fetched.Keys is null
            ? age >= AfterFailure
            : age >= Lifetime || (age >= MinAge && keyId is not null && !fetched.Keys.Keys.Any(key => key.Id == keyId));
    }

    /// <summary>Bounded by the client's own patience, and by nobody's cancellation.</summary>
    private async Task<Fetched> FetchAsync(string issuer)
    {
        await _fetches.WaitAsync(CancellationToken.None);
        try
        {
            return new Fetched(await FetchKeysAsync(issuer), time.GetTimestamp());
        }
        finally
        {
            _fetches.Release();
        }
    }

    private async ValueTask<JsonWebKeySet?> FetchKeysAsync(string issuer)
    {
        if (!Uri.TryCreate(issuer.TrimEnd('/') + "/.well-known/openid-configuration", UriKind.Absolute, out var address)
            || await client.FetchAsync(address, MaxConfigurationBytes, CancellationToken.None) is not { } configuration
            || KeysAddress(configuration, issuer) is not { } keysAddress)
        {
            return null;
        }

        return await client.FetchAsync(keysAddress, JsonWebKeySet.MaxBytes, CancellationToken.None) is { } keys ? JsonWebKeySet.TryParse(keys) : null;
    }

    /// <summary>Where the keys are, if the document is that issuer's.</summary>
    private static Uri? KeysAddress(byte[] configuration, string issuer)
    {
        try
        {
            using var document = JsonDocument.Parse(configuration, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("issuer", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(issuer)
                && root.TryGetProperty("jwks_uri", out var keys) && keys.ValueKind == JsonValueKind.String
                && Uri.TryCreate(keys.GetString(), UriKind.Absolute, out var address)
                    ? address
                    : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Fetched(JsonWebKeySet? Keys, long At);
}
