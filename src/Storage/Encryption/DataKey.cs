using System.Security.Cryptography;

namespace S3Cassandra.Storage.Encryption;

/// <summary>The key of one object, and what is stored to get it again.</summary>
public sealed class DataKey(byte[] key, ObjectEncryption encryption)
{
    /// <summary>What the object's record keeps.</summary>
    public ObjectEncryption Encryption => encryption;

    /// <summary>A cipher of its own for one body; not for several threads at once.</summary>
    public ChunkCipher CreateCipher(ReadOnlySpan<byte> nonce) => new(key, nonce);

    /// <summary>
    /// The ETag of a body: its MD5, except under a customer's key, where it must tell nothing of the bytes (AWS: "not an MD5 digest").
    /// </summary>
    public void MaskETag(Span<byte> md5)
    {
        if (encryption.Kind == EncryptionKind.SseC)
        {
            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, md5, mac);
            mac[..md5.Length].CopyTo(md5);
        }
    }
}
