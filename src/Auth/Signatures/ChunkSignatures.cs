using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// The chain of signatures of an aws-chunked body (AWS: "Signature calculations for the Authorization header: transferring payload in
/// multiple chunks"): each covers the one before it, the first the signature of the headers. For one reader, in order.
/// </summary>
public sealed class ChunkSignatures
{
    private const int HexLength = 64;

    private static ReadOnlySpan<byte> EmptySha256 => "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"u8;

    private readonly byte[] _signingKey;

    /// <summary>Timestamp and scope with their line feeds: what every string to sign of this body has after its algorithm.</summary>
    private readonly byte[] _head;

    private readonly byte[] _previous;

    internal ChunkSignatures(byte[] signingKey, string timestamp, string scope, ReadOnlySpan<byte> seedSignature)
    {
        _signingKey = signingKey;
        _head = Encoding.ASCII.GetBytes($"{timestamp}\n{scope}\n");
        _previous = seedSignature.ToArray();
    }

    /// <summary>
    /// Checks the next chunk: the SHA-256 of its data (32 bytes; the final chunk has none) and its signature as 64 lower-case hex digits
    /// in ASCII. False leaves the chain where it was; the body is then to be refused.
    /// </summary>
    public bool VerifyChunk(ReadOnlySpan<byte> sha256OfChunk, ReadOnlySpan<byte> hexSignature) =>
        Verify("AWS4-HMAC-SHA256-PAYLOAD\n"u8, EmptySha256, sha256OfChunk, hexSignature);

    /// <summary>
    /// Checks <c>x-amz-trailer-signature</c> after the final chunk: the SHA-256 of the canonical trailer, each line
    /// <c>lower-case-name:trimmed-value\n</c>.
    /// </summary>
    public bool VerifyTrailer(ReadOnlySpan<byte> sha256OfTrailer, ReadOnlySpan<byte> hexSignature) =>
        Verify("AWS4-HMAC-SHA256-TRAILER\n"u8, [], sha256OfTrailer, hexSignature);

    private bool Verify(ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> infix, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> hexSignature)
    {
        if (sha256.Length != SHA256.HashSizeInBytes)
        {
            throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(sha256));
        }

        if (hexSignature.Length != HexLength)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[512];
        var length = algorithm.Length + _head.Length + HexLength + 1 + infix.Length + HexLength;
        text = length <= text.Length ? text[..length] : new byte[length];
        algorithm.CopyTo(text);
        var at = algorithm.Length;
        _head.CopyTo(text[at..]);
        at += _head.Length;
        _previous.CopyTo(text[at..]);
        at += HexLength;
        text[at++] = (byte)'\n';
        infix.CopyTo(text[at..]);
        at += infix.Length;
        Convert.TryToHexStringLower(sha256, text[at..], out _);

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> hex = stackalloc byte[HexLength];
        HMACSHA256.HashData(_signingKey, text, mac);
        Convert.TryToHexStringLower(mac, hex, out _);
        if (!CryptographicOperations.FixedTimeEquals(hex, hexSignature))
        {
            return false;
        }

        hex.CopyTo(_previous);
        return true;
    }
}
