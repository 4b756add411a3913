using System.Text;
using System.Text.Unicode;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>
/// Header values as clients send them: UTF-8 where the bytes are UTF-8, else Latin-1 (boto 2 and some browsers, RFC 9110 section 5.5),
/// rather than refusing the request.
/// </summary>
internal sealed class LenientHeaderEncoding : Encoding
{
    public static LenientHeaderEncoding Instance { get; } = new();

    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Of(bytes.AsSpan(index, count)).GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Of(bytes.AsSpan(byteIndex, byteCount)).GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    public override int GetCharCount(ReadOnlySpan<byte> bytes) => Of(bytes).GetCharCount(bytes);

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars) => Of(bytes).GetChars(bytes, chars);

    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => byteCount + 1;

    private static Encoding Of(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? UTF8 : Latin1;
}
