namespace S3Cassandra.Storage.Encryption;

/// <summary>A key that wraps data keys.</summary>
/// <param name="Id">Its name, stored with every key that it wrapped.</param>
/// <param name="Key">32 bytes.</param>
public sealed record MasterKey(string Id, ReadOnlyMemory<byte> Key)
{
    public const int KeyLength = 32;

    /// <summary>Never the key itself.</summary>
    public override string ToString() => $"MasterKey {Id}";
}
