namespace S3Cassandra.Storage.Encryption;

/// <summary>The key that a client sends with every request for an SSE-C object; never stored and never logged.</summary>
/// <param name="Key">32 bytes.</param>
/// <param name="Md5">Base64 of its MD5, already compared.</param>
public sealed record CustomerKey(ReadOnlyMemory<byte> Key, string Md5)
{
    /// <summary>Never the key itself.</summary>
    public override string ToString() => "CustomerKey";
}
