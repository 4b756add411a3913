using System.Text.Json;

namespace S3Cassandra.Auth.WebIdentities;

/// <summary>The keys that an identity provider publishes (RFC 7517, 5). Those of other kinds and uses are left out.</summary>
public sealed class JsonWebKeySet
{
    /// <summary>The largest document that is looked at.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>The most keys that are looked at.</summary>
    public const int MaxKeys = 100;

    /// <summary>How many keys a token without a key's name is tried with: each try costs some 50 µs.</summary>
    private const int MaxTries = 4;

    private JsonWebKeySet(IReadOnlyList<JsonWebKey> keys) => Keys = keys;

    public IReadOnlyList<JsonWebKey> Keys { get; }

    /// <summary>Reads a set; null where it is none.</summary>
    public static JsonWebKeySet? TryParse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return null;
        }

        using var document = JwtJson.TryParse(utf8);
        return document is not null
            && document.RootElement.TryGetProperty("keys", out var keys)
            && keys.ValueKind == JsonValueKind.Array
            && keys.GetArrayLength() <= MaxKeys
                ? new JsonWebKeySet([.. keys.EnumerateArray().Select(JsonWebKey.Read).OfType<JsonWebKey>()])
                : null;
    }

    /// <summary>The keys that a token may have been signed with: those of the name that it gives; where it gives none, a few of any.</summary>
    internal IEnumerable<JsonWebKey> For(string? id) => id is null ? Keys.Take(MaxTries) : Keys.Where(key => key.Id == id).Take(MaxTries);
}
