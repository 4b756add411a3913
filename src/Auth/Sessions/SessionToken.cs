using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Encodings;

namespace S3Cassandra.Auth.Sessions;

/// <summary>
/// Session tokens: base64url of a version (1 byte), the id of the sealing key (4), a random nonce (12), the session sealed by AES-256-GCM
/// with version and id as associated data, and the tag (16). Nobody without the key can read, make or change one, and nothing about it is
/// stored. A key seals far fewer than the 2^32 tokens that random nonces allow (NIST SP 800-38D, 8.3): it is replaced in time.
/// </summary>
public static class SessionToken
{
    /// <summary>
    /// The most bytes that policies and tags may take, packed. The largest session policy (2,048 characters of Latin-1) fits, and the token
    /// of the largest session, 8.9 KiB, in a URL beside a key of 1,024 bytes that are all percent-encoded.
    /// </summary>
    public const int MaxPackedLimits = 6144;

    /// <summary>The longest token that is looked at.</summary>
    public const int MaxLength = 12 * 1024;

    private const byte Version = 1;
    private const int HeaderLength = 5;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>How much of <see cref="MaxPackedLimits"/> a session takes, in percent rounded up; above 100 it is too large.</summary>
    public static int PackedPercent(Session session)
    {
        var writer = new SessionWriter();
        SessionFormat.WriteLimits(writer, session);
        return (int)(((writer.Length * 100L) + MaxPackedLimits - 1) / MaxPackedLimits);
    }

    /// <exception cref="ArgumentException">It is larger than a token may be; ask <see cref="PackedPercent"/> before.</exception>
    public static string Seal(Session session, SessionKey key)
    {
        var writer = new SessionWriter();
        SessionFormat.Write(writer, session);
        var token = new byte[HeaderLength + NonceLength + writer.Length + TagLength];
        token[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(token.AsSpan(1), key.Id);
        var nonce = token.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Key, TagLength);
        cipher.Encrypt(
            nonce,
            writer.Written,
            token.AsSpan(HeaderLength + NonceLength, writer.Length),
            token.AsSpan(token.Length - TagLength),
            token.AsSpan(0, HeaderLength));
        var text = Base64Url.EncodeToString(token);
        return text.Length <= MaxLength ? text : throw new ArgumentException("The session is too large for a token.", nameof(session));
    }

    /// <summary>
    /// Opens a token that came with <paramref name="accessKeyId"/>. Whoever changed a bit, or took another key's token, learns nothing but
    /// that it is not valid.
    /// </summary>
    public static SessionTokenStatus Open(
        string text, string accessKeyId, IReadOnlyList<SessionKey> keys, DateTimeOffset now, out Session? session)
    {
        session = null;
        if (TryDecode(text) is not { } token)
        {
            return SessionTokenStatus.Invalid;
        }

        var id = BinaryPrimitives.ReadUInt32BigEndian(token.AsSpan(1));
        if (keys.FirstOrDefault(one => one.Id == id) is not { } key)
        {
            return SessionTokenStatus.UnknownKey;
        }

        if (!TryDecrypt(token, key, out var packed))
        {
            return SessionTokenStatus.Invalid;
        }

        var opened = SessionFormat.Read(packed);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(opened.AccessKeyId), Encoding.UTF8.GetBytes(accessKeyId)))
        {
            return SessionTokenStatus.Invalid;
        }

        session = opened;
        return now < opened.Expires ? SessionTokenStatus.Valid : SessionTokenStatus.Expired;
    }

    private static byte[]? TryDecode(string text) =>
        text.Length <= MaxLength
        && StrictBase64Url.TryDecode(text) is { Length: > HeaderLength + NonceLength + TagLength } token
        && token[0] == Version
            ? token
            : null;

    private static bool TryDecrypt(byte[] token, SessionKey key, out byte[] packed)
    {
        packed = new byte[token.Length - HeaderLength - NonceLength - TagLength];
        using var cipher = new AesGcm(key.Key, TagLength);
        try
        {
            cipher.Decrypt(
                token.AsSpan(HeaderLength, NonceLength),
                token.AsSpan(HeaderLength + NonceLength, packed.Length),
                token.AsSpan(token.Length - TagLength),
                packed,
                token.AsSpan(0, HeaderLength));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
