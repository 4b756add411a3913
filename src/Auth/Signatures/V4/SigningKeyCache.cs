namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>
/// Signing keys by access key and scope, one per slot of a fixed table; the later one wins its slot. An entry is immutable and a slot is
/// one reference, so there is no lock. It answers only for the same secret, so a renewed secret never meets an old key. Saves the four
/// HMACs of the derivation: 4.4 µs, where the rest of a verification takes 2.6.
/// </summary>
internal sealed class SigningKeyCache
{
    private const int Slots = 1024;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>The key, null when it is not kept.</summary>
    public byte[]? Find(string accessKeyId, string secretAccessKey, string scope)
    {
        var entry = Volatile.Read(ref _entries[Slot(accessKeyId, scope)]);
        return entry is not null && entry.AccessKeyId == accessKeyId && entry.Scope == scope && entry.Secret == secretAccessKey
            ? entry.Key
            : null;
    }

    /// <summary>Keeps a key that proved right: what only guesses at keys and dates displaces nothing.</summary>
    public void Keep(string accessKeyId, string secretAccessKey, string scope, byte[] key) =>
        Volatile.Write(ref _entries[Slot(accessKeyId, scope)], new Entry(accessKeyId, secretAccessKey, scope, key));

    private static int Slot(string accessKeyId, string scope) => HashCode.Combine(accessKeyId, scope) & (Slots - 1);

    private sealed class Entry(string accessKeyId, string secret, string scope, byte[] key)
    {
        public string AccessKeyId { get; } = accessKeyId;

        public string Secret { get; } = secret;

        public string Scope { get; } = scope;

        public byte[] Key { get; } = key;
    }
}
