using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace S3Cassandra.Storage.Objects;

/// <summary>S3's ETags: the hexadecimal digits of 16 bytes, followed by "-N" for an object that was uploaded in N parts.</summary>
public static class EntityTag
{
    public const int Md5Length = 16;

    private const int DigitCount = 2 * Md5Length;

    /// <summary>The ETag, without quotes; <paramref name="parts"/> is 0 for an object that was put whole.</summary>
    public static string Format(ReadOnlySpan<byte> md5, int parts = 0)
    {
        var digits = Convert.ToHexStringLower(md5);
        return parts == 0 ? digits : string.Create(CultureInfo.InvariantCulture, $"{digits}-{parts}");
    }

    /// <summary>The ETag of 16 bytes read big-endian, without quotes.</summary>
    internal static string Format(UInt128 md5, int parts)
    {
        Span<byte> bytes = stackalloc byte[Md5Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, md5);
        return Format(bytes, parts);
    }

    /// <summary>The same as UTF-8, at most 38 bytes; says how many.</summary>
    internal static int Write(UInt128 md5, int parts, Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[Md5Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, md5);
        Convert.TryToHexStringLower(bytes, utf8, out var written);
        if (parts > 0)
        {
            utf8[written++] = (byte)'-';
            Utf8Formatter.TryFormat(parts, utf8[written..], out var digits);
            written += digits;
        }

        return written;
    }

    /// <summary>Takes an ETag without quotes apart.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> md5, out int parts)
    {
        parts = 0;
        if (text.Length < DigitCount || Convert.FromHexString(text[..DigitCount], md5, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        var rest = text[DigitCount..];
        return rest.IsEmpty
            || (rest[0] == '-'
                && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out parts)
                && parts is > 0 and <= ushort.MaxValue);
    }

    /// <summary>An ETag as clients send it in conditions: quotes and the weakness mark taken off.</summary>
    public static string Unquote(string value)
    {
        var text = value.AsSpan().Trim();
        if (text.StartsWith("W/", StringComparison.Ordinal))
        {
            text = text[2..];
        }

        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1].ToString() : text.ToString();
    }
}
