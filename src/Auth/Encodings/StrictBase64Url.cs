using System.Buffers;
using System.Buffers.Text;

namespace S3Cassandra.Auth.Encodings;

/// <summary>base64url as tokens have it: no padding, no white space, no bits left over (RFC 7515, 2), so that bytes have one spelling.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes; null where the text is not that.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<char> text)
    {
        // A group of one character stands for no byte.
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done
            && Base64Url.EncodeToString(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(text)
                ? bytes[..length]
                : null;
    }
}
