using System.Security.Cryptography;

namespace S3Cassandra.Auth.Sessions;

/// <summary>
/// A key that session tokens are sealed with: made at random, shared by all servers, independent of every secret access key. Its text form
/// omits the key.
/// </summary>
public sealed record SessionKey(uint Id, byte[] Key, DateTimeOffset Made)
{
    /// <summary>AES-256.</summary>
    public const int Length = 32;

    public static SessionKey New(uint id, DateTimeOffset now) => new(id, RandomNumberGenerator.GetBytes(Length), now);

    /// <inheritdoc/>
    public override string ToString() => $"SessionKey {Id}";
}
