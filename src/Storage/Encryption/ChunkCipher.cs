using System.Buffers.Binary;
using System.Security.Cryptography;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Encryption;

/// <summary>
/// AES-256-GCM over the chunks of one run of bytes. A stored chunk is the ciphertext followed by its 16-byte tag. The nonce is the run's
/// (8 random bytes) and the chunk's number; the additional data binds blob, number and whether the chunk is the last one, so that
/// chunks cannot be moved, swapped or cut off.
/// </summary>
public sealed class ChunkCipher : IDisposable
{
    public const int TagLength = 16;

    public const int NonceLength = 8;

    private const int AdditionalLength = 21;

    private readonly AesGcm _aes;
    private readonly ulong _nonce;

    internal ChunkCipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length != NonceLength)
        {
            throw new CorruptDataException("The nonce of encrypted bytes has the wrong length.");
        }

        _aes = new AesGcm(key, TagLength);
        _nonce = BinaryPrimitives.ReadUInt64BigEndian(nonce);
    }

    /// <summary>A fresh nonce for a run of bytes.</summary>
    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceLength);

    /// <summary>How many of a stored chunk's bytes are the client's.</summary>
    public static int PlainChunkSize(int chunkSize) => chunkSize - TagLength;

    /// <summary>Encrypts into <paramref name="stored"/>, which is <see cref="TagLength"/> longer than <paramref name="plain"/>.</summary>
    /// <param name="blob">The blob; default for bytes that live in a row.</param>
    /// <param name="number">The chunk's number.</param>
    /// <param name="isLast">Whether it is the last chunk of the run.</param>
    /// <param name="plain">The client's bytes.</param>
    /// <param name="stored">Ciphertext and tag.</param>
    public void Encrypt(BlobId blob, int number, bool isLast, ReadOnlySpan<byte> plain, Span<byte> stored)
    {
        Span<byte> nonce = stackalloc byte[NonceLength + sizeof(int)];
        Span<byte> additional = stackalloc byte[AdditionalLength];
        Bind(blob, number, isLast, nonce, additional);
        _aes.Encrypt(nonce, plain, stored[..plain.Length], stored[plain.Length..], additional);
    }

    /// <summary>Decrypts a stored chunk in place and returns how many bytes of it are the client's.</summary>
    /// <exception cref="CorruptDataException">It is not what was written there.</exception>
    public int DecryptInPlace(BlobId blob, int number, bool isLast, Span<byte> stored)
    {
        if (stored.Length < TagLength)
        {
            throw new CorruptDataException($"Chunk {number} of blob {blob} is too short to be encrypted.");
        }

        Span<byte> nonce = stackalloc byte[NonceLength + sizeof(int)];
        Span<byte> additional = stackalloc byte[AdditionalLength];
        Bind(blob, number, isLast, nonce, additional);
        var text = stored[..^TagLength];
        try
        {
            _aes.Decrypt(nonce, text, stored[^TagLength..], text, additional);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new CorruptDataException($"Chunk {number} of blob {blob} fails its authentication tag.", exception);
        }

        return text.Length;
    }

    public void Dispose() => _aes.Dispose();

    private void Bind(BlobId blob, int number, bool isLast, Span<byte> nonce, Span<byte> additional)
    {
        BinaryPrimitives.WriteUInt64BigEndian(nonce, _nonce);
        BinaryPrimitives.WriteInt32BigEndian(nonce[NonceLength..], number);
        blob.Value.TryWriteBytes(additional);
        BinaryPrimitives.WriteInt32BigEndian(additional[16..], number);
        additional[20] = isLast ? (byte)1 : (byte)0;
    }
}
