using System.Globalization;
using System.Text;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>
/// Text beyond ASCII in a header field, as mail writes it (RFC 2047). S3 takes the characters of user metadata as they are or so
/// written, and gives them back so written.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html"/>
internal static class EncodedWord
{
    private const string Begin = "=?UTF-8?";
    private const string End = "?=";

    /// <summary>The text itself where it is printable ASCII.</summary>
    public static string Encode(string text) =>
        IsPlain(text) ? text : string.Concat(Begin, "B?", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), End);

    /// <summary>What an encoded word says; the text itself where it is none.</summary>
    public static string Decode(string text)
    {
        if (text.Length < Begin.Length + 4
            || !text.StartsWith(Begin, StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(End, StringComparison.Ordinal)
            || text[Begin.Length + 1] != '?')
        {
            return text;
        }

        var word = text[(Begin.Length + 2)..^End.Length];
        var bytes = char.ToUpperInvariant(text[Begin.Length]) switch
        {
            'B' => FromBase64(word),
            'Q' => FromQuoted(word),
            _ => null,
        };
        return bytes is not null && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text;
    }

    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (character is (< ' ' and not '\t') or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static byte[]? FromBase64(string word)
    {
        var bytes = new byte[word.Length];
        return Convert.TryFromBase64String(word, bytes, out var written) ? bytes[..written] : null;
    }

    private static byte[]? FromQuoted(string word)
    {
        var bytes = new List<byte>(word.Length);
        for (var index = 0; index < word.Length; index++)
        {
            if (word[index] == '=')
            {
                if (index + 2 >= word.Length
                    || !byte.TryParse(word.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    return null;
                }

                bytes.Add(value);
                index += 2;
            }
            else if (char.IsAscii(word[index]))
            {
                bytes.Add(word[index] == '_' ? (byte)' ' : (byte)word[index]);
            }
            else
            {
                return null;
            }
        }

        return [.. bytes];
    }
}
