using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.Storage.Encryption;

/// <summary>
/// The master keys. New data keys are wrapped by the first; the others open what they wrapped, so that a key is rotated by putting
/// another one in front of it, without rewriting any object.
/// </summary>
public sealed class KeyRing
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int WrappedLength = NonceLength + MasterKey.KeyLength + TagLength;

    private readonly IReadOnlyList<MasterKey> _keys;

    /// <param name="keys">The keys, newest first; with none, SSE-S3 is not to be had.</param>
    public KeyRing(IReadOnlyList<MasterKey> keys)
    {
        if (keys.Any(key => key.Key.Length != MasterKey.KeyLength || key.Id.Length == 0))
        {
            throw new ArgumentException("A master key has 32 bytes and a name.", nameof(keys));
        }

        if (keys.DistinctBy(key => key.Id).Count() != keys.Count)
        {
            throw new ArgumentException("Two master keys have the same name.", nameof(keys));
        }

        _keys = keys;
    }

    /// <summary>Whether <see cref="CreateForS3"/> can be asked.</summary>
    public bool HasKeys => _keys.Count > 0;

    /// <summary>A fresh data key for SSE-S3.</summary>
    public DataKey CreateForS3()
    {
        var key = RandomNumberGenerator.GetBytes(MasterKey.KeyLength);
        var master = _keys[0];
        return new DataKey(key, new ObjectEncryption(EncryptionKind.SseS3, Wrap(master.Key.Span, key, Purpose(master.Id)), master.Id, null));
    }

    /// <summary>A fresh data key wrapped by a customer's key (SSE-C).</summary>
    public static DataKey CreateForCustomer(CustomerKey customer)
    {
        var key = RandomNumberGenerator.GetBytes(MasterKey.KeyLength);
        return new DataKey(
            key, new ObjectEncryption(EncryptionKind.SseC, Wrap(customer.Key.Span, key, Purpose(null)), null, customer.Md5));
    }

    /// <summary>The data key of a stored SSE-S3 object.</summary>
    /// <exception cref="CorruptDataException">No master key here opens it.</exception>
    public DataKey Open(ObjectEncryption encryption)
    {
        var master = _keys.FirstOrDefault(key => key.Id == encryption.MasterKeyId)
            ?? throw new CorruptDataException($"No master key named {encryption.MasterKeyId} is on the key ring.");
        return TryUnwrap(master.Key.Span, encryption.WrappedKey.Span, Purpose(master.Id)) is { } key
            ? new DataKey(key, encryption)
            : throw new CorruptDataException($"The master key {encryption.MasterKeyId} does not open a data key that it wrapped.");
    }

    /// <summary>The data key of a stored SSE-C object; null when the customer's key is not the one that it was written with.</summary>
    public static DataKey? Open(ObjectEncryption encryption, CustomerKey customer) =>
        TryUnwrap(customer.Key.Span, encryption.WrappedKey.Span, Purpose(null)) is { } key ? new DataKey(key, encryption) : null;

    private static byte[] Purpose(string? masterKeyId) =>
        masterKeyId is null ? "S3Cassandra data key, SSE-C"u8.ToArray() : [.. "S3Cassandra data key, SSE-S3 "u8, .. Encoding.UTF8.GetBytes(masterKeyId)];

    private static byte[] Wrap(ReadOnlySpan<byte> wrapping, ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose)
    {
        var wrapped = new byte[WrappedLength];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(wrapping, TagLength);
        aes.Encrypt(nonce, key, wrapped.AsSpan(NonceLength, MasterKey.KeyLength), wrapped.AsSpan(NonceLength + MasterKey.KeyLength), purpose);
        return wrapped;
    }

    private static byte[]? TryUnwrap(ReadOnlySpan<byte> wrapping, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> purpose)
    {
        if (wrapped.Length != WrappedLength)
        {
            throw new CorruptDataException("A wrapped data key has the wrong length.");
        }

        var key = new byte[MasterKey.KeyLength];
        using var aes = new AesGcm(wrapping, TagLength);
        try
        {
            aes.Decrypt(
                wrapped[..NonceLength],
                wrapped.Slice(NonceLength, MasterKey.KeyLength),
                wrapped[(NonceLength + MasterKey.KeyLength)..],
                key,
                purpose);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
