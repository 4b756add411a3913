using System.Buffers;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>
/// encoding-type=url: all but letters, digits and <c>-_.~*/</c> as percent-encoded UTF-8. A space is %20 and never "+", so that clients
/// which decode as for a path and those which decode as for a form read the same.
/// </summary>
internal static class KeyEncoder
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~*/"u8);

    /// <summary>How many bytes <see cref="Encode"/> writes at most.</summary>
    public static int MaxLength(int length) => 3 * length;

    /// <summary>Encodes and says how many bytes were written.</summary>
    public static int Encode(ReadOnlySpan<byte> utf8, Span<byte> encoded)
    {
        var written = 0;
        while (true)
        {
            var plain = utf8.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                utf8.CopyTo(encoded[written..]);
                return written + utf8.Length;
            }

            utf8[..plain].CopyTo(encoded[written..]);
            written += plain;
            encoded[written] = (byte)'%';
            encoded[written + 1] = "0123456789ABCDEF"u8[utf8[plain] >> 4];
            encoded[written + 2] = "0123456789ABCDEF"u8[utf8[plain] & 15];
            written += 3;
            utf8 = utf8[(plain + 1)..];
        }
    }
}
