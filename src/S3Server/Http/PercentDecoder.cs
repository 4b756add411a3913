using System.Buffers;
using System.Text;

namespace S3Cassandra.S3Server.Http;

/// <summary>Percent-decoding of paths and queries (RFC 3986, section 2.1), once and strictly.</summary>
internal static class PercentDecoder
{
    /// <summary>
    /// The bytes that <paramref name="text"/> stands for; null where a "%" is not followed by two hexadecimal digits.
    /// Characters beyond ASCII stand for their UTF-8 form.
    /// </summary>
    public static byte[]? Decode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        if (Ascii.IsValid(text) && !text.Contains('%') && !(plusIsSpace && text.Contains('+')))
        {
            var plain = new byte[text.Length];
            Encoding.ASCII.GetBytes(text, plain);
            return plain;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = DecodeInto(text, plusIsSpace, rented);
        var decoded = written < 0 ? null : rented.AsSpan(0, written).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return decoded;
    }

    /// <summary>The same as text; null also where the bytes are not UTF-8.</summary>
    public static string? DecodeText(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        if (Ascii.IsValid(text) && !text.Contains('%') && !(plusIsSpace && text.Contains('+')))
        {
            return text.ToString();
        }

        var bytes = Decode(text, plusIsSpace);
        return bytes is not null && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static int DecodeInto(ReadOnlySpan<char> text, bool plusIsSpace, Span<byte> output)
    {
        var at = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '%')
            {
                if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
                {
                    return -1;
                }

                output[at++] = (byte)((Digit(text[index + 1]) << 4) | Digit(text[index + 2]));
                index += 2;
            }
            else if (character == '+' && plusIsSpace)
            {
                output[at++] = (byte)' ';
            }
            else if (char.IsAscii(character))
            {
                output[at++] = (byte)character;
            }
            else
            {
                Rune.DecodeFromUtf16(text[index..], out var rune, out var used);
                at += rune.EncodeToUtf8(output[at..]);
                index += used - 1;
            }
        }

        return at;
    }

    private static int Digit(char hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
