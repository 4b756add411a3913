using System.Buffers;
using System.Text;

namespace S3Cassandra.Auth.Requests;

/// <summary>
/// AWS's UriEncode: every byte but <c>A-Z a-z 0-9 - . _ ~</c> as <c>%XX</c> in upper case. Text that is already encoded, in whatever way, is
/// decoded and encoded afresh, so that <c>%7e</c>, <c>%7E</c> and <c>~</c> are one; a stray <c>%</c> stands for itself. Nothing is
/// encoded twice and no path is normalised.
/// </summary>
internal static class UriEncoding
{
    private const string UnreservedCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(UnreservedCharacters);
    private static readonly SearchValues<char> UnreservedAndSlash = SearchValues.Create(UnreservedCharacters + "/");

    private static ReadOnlySpan<byte> UpperHex => "0123456789ABCDEF"u8;

    /// <summary>The most bytes that encoding <paramref name="raw"/> can take: 3 per ASCII character, 9 per other UTF-16 unit.</summary>
    public static int MaxLength(ReadOnlySpan<char> raw) => raw.Length * (Ascii.IsValid(raw) ? 3 : 9);

    /// <summary>Writes <paramref name="rawPath"/> (slashes kept) to <paramref name="destination"/>; returns how many bytes.</summary>
    public static int EncodePath(ReadOnlySpan<char> rawPath, Span<byte> destination) =>
        Encode(rawPath, destination, UnreservedAndSlash, plusIsSpace: false);

    /// <summary>Writes a query's name or value (slashes encoded, <c>+</c> read as a space) to <paramref name="destination"/>.</summary>
    public static int EncodeQuery(ReadOnlySpan<char> raw, Span<byte> destination) =>
        Encode(raw, destination, Unreserved, plusIsSpace: true);

    /// <summary>Decodes a query's name or value: <c>+</c> and <c>%20</c> are spaces, bytes are UTF-8.</summary>
    public static string DecodeQuery(ReadOnlySpan<char> raw)
    {
        if (!raw.ContainsAny('%', '+'))
        {
            return raw.ToString();
        }

        var bytes = ArrayPool<byte>.Shared.Rent(raw.Length * 3);
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && TryReadEscape(raw, i, out var value))
            {
                bytes[length++] = value;
                i += 2;
            }
            else if (raw[i] < 0x80)
            {
                bytes[length++] = raw[i] == '+' ? (byte)' ' : (byte)raw[i];
            }
            else
            {
                length += EncodeRune(raw, ref i, bytes.AsSpan(length));
            }
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        ArrayPool<byte>.Shared.Return(bytes);
        return text;
    }

    private static int Encode(ReadOnlySpan<char> raw, Span<byte> destination, SearchValues<char> literal, bool plusIsSpace)
    {
        var length = 0;
        var i = 0;
        Span<byte> utf8 = stackalloc byte[4];
        while (i < raw.Length)
        {
            var plain = raw[i..].IndexOfAnyExcept(literal);
            plain = plain < 0 ? raw.Length - i : plain;
            Ascii.FromUtf16(raw.Slice(i, plain), destination[length..], out _);
            length += plain;
            i += plain;
            if (i == raw.Length)
            {
                break;
            }

            if (raw[i] == '%' && TryReadEscape(raw, i, out var value))
            {
                length += EncodeByte(value, destination[length..], literal);
                i += 2;
            }
            else if (raw[i] < 0x80)
            {
                length += EncodeByte(raw[i] == '+' && plusIsSpace ? (byte)' ' : (byte)raw[i], destination[length..], literal);
            }
            else
            {
                var count = EncodeRune(raw, ref i, utf8);
                foreach (var part in utf8[..count])
                {
                    length += EncodeByte(part, destination[length..], literal);
                }
            }

            i++;
        }

        return length;
    }

    private static int EncodeByte(byte value, Span<byte> destination, SearchValues<char> literal)
    {
        if (literal.Contains((char)value))
        {
            destination[0] = value;
            return 1;
        }

        destination[0] = (byte)'%';
        destination[1] = UpperHex[value >> 4];
        destination[2] = UpperHex[value & 15];
        return 3;
    }

    /// <summary>Writes the character at <paramref name="i"/> as UTF-8 and leaves <paramref name="i"/> on its last UTF-16 unit.</summary>
    private static int EncodeRune(ReadOnlySpan<char> raw, ref int i, Span<byte> destination)
    {
        Rune.DecodeFromUtf16(raw[i..], out var rune, out var consumed);
        i += consumed - 1;
        return rune.EncodeToUtf8(destination);
    }

    private static bool TryReadEscape(ReadOnlySpan<char> raw, int at, out byte value)
    {
        value = 0;
        if (at + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[at + 1]) || !char.IsAsciiHexDigit(raw[at + 2]))
        {
            return false;
        }

        value = (byte)((HexValue(raw[at + 1]) << 4) | HexValue(raw[at + 2]));
        return true;
    }

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
