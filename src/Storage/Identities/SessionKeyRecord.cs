namespace S3Cassandra.Storage.Identities;

/// <summary>A key that session tokens are sealed with. Immutable. Its text form omits the key.</summary>
/// <param name="Id">Its number, never used again.</param>
/// <param name="Key">32 random bytes.</param>
/// <param name="Made">When.</param>
public sealed record SessionKeyRecord(uint Id, byte[] Key, DateTimeOffset Made)
{
    /// <inheritdoc/>
    public override string ToString() => $"SessionKeyRecord {Id}";
}
