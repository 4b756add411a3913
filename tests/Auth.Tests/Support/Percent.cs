using System.Globalization;
using System.Text;

namespace S3Cassandra.Auth.Tests.Support;

/// <summary>Percent-encoding as the tests' signers do it: one byte after the other, nothing clever.</summary>
internal static class Percent
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    public static byte[] Decode(string text, bool plusIsSpace)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            var escape = text[i] == '%' && i + 2 < text.Length ? text.Substring(i + 1, 2) : "";
            if (byte.TryParse(escape, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                var character = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? text.Substring(i++, 2) : text[i].ToString();
                bytes.AddRange(Encoding.UTF8.GetBytes(character == "+" && plusIsSpace ? " " : character));
            }
        }

        return [.. bytes];
    }

    public static string Encode(byte[] bytes, string alsoLiteral = "")
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            var isLiteral = value < 0x80 && (Unreserved + alsoLiteral).Contains((char)value, StringComparison.Ordinal);
            text.Append(isLiteral ? ((char)value).ToString() : $"%{value:X2}");
        }

        return text.ToString();
    }

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));
}
