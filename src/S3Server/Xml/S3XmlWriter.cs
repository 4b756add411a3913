using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace S3Cassandra.S3Server.Xml;

/// <summary>
/// Writes S3's documents as UTF-8, forward only. Names are u8 literals and trusted; text is escaped. Characters that XML 1.0 cannot hold
/// are written as numeric references, as AWS does (a key may contain them, and <c>encoding-type=url</c> is how a client avoids them).
/// </summary>
internal sealed class S3XmlWriter(IBufferWriter<byte> output)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'&', (byte)'<', (byte)'>', (byte)'"', 0x7f, 0xef]);

    /// <summary>The declaration and the root element with S3's namespace.</summary>
    public void StartDocument(ReadOnlySpan<byte> root)
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<"u8);
        output.Write(root);
        output.Write(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"u8);
    }

    /// <summary>The declaration and a root element without namespace, as errors have it.</summary>
    public void StartPlainDocument(ReadOnlySpan<byte> root)
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        Start(root);
    }

    public void Start(ReadOnlySpan<byte> name)
    {
        var span = output.GetSpan(name.Length + 2);
        span[0] = (byte)'<';
        name.CopyTo(span[1..]);
        span[name.Length + 1] = (byte)'>';
        output.Advance(name.Length + 2);
    }

    /// <summary>An element start with attributes, such as a grantee's type; the text is trusted and written as it is.</summary>
    public void StartWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> attributes)
    {
        output.Write("<"u8);
        output.Write(name);
        output.Write(" "u8);
        output.Write(attributes);
        output.Write(">"u8);
    }

    public void End(ReadOnlySpan<byte> name)
    {
        var span = output.GetSpan(name.Length + 3);
        span[0] = (byte)'<';
        span[1] = (byte)'/';
        name.CopyTo(span[2..]);
        span[name.Length + 2] = (byte)'>';
        output.Advance(name.Length + 3);
    }

    /// <summary>An element with text; nothing where the text is null.</summary>
    public void Element(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        Start(name);
        Text(value);
        End(name);
    }

    public void Element(ReadOnlySpan<byte> name, long value)
    {
        Start(name);
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
        End(name);
    }

    public void Element(ReadOnlySpan<byte> name, bool value) => ElementUtf8(name, value ? "true"u8 : "false"u8);

    /// <summary>A time as S3 writes it: UTC with milliseconds, <c>2009-10-12T17:50:30.000Z</c>.</summary>
    public void Element(ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        Start(name);

        // The round-trip form has seven digits of a second, is formatted without a pattern, and is cut to three.
        var span = output.GetSpan(28);
        Utf8Formatter.TryFormat(value.UtcDateTime, span, out _, 'O');
        span[23] = (byte)'Z';
        output.Advance(24);
        End(name);
    }

    /// <summary>An element whose text is UTF-8 already.</summary>
    public void ElementUtf8(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8Text)
    {
        Start(name);
        Escape(utf8Text);
        End(name);
    }

    /// <summary>Text inside an element.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (length <= 512)
        {
            Span<byte> small = stackalloc byte[length];
            Escape(small[..Encoding.UTF8.GetBytes(value, small)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        Escape(rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    private void Escape(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(Special);
            if (at < 0)
            {
                output.Write(text);
                return;
            }

            output.Write(text[..at]);
            text = text[(at + EscapeOne(text[at..]))..];
        }
    }

    /// <summary>Writes the character at the start and says how many bytes it has.</summary>
    private int EscapeOne(ReadOnlySpan<byte> text)
    {
        switch (text[0])
        {
            case (byte)'&':
                output.Write("&amp;"u8);
                return 1;
            case (byte)'<':
                output.Write("&lt;"u8);
                return 1;
            case (byte)'>':
                output.Write("&gt;"u8);
                return 1;
            case (byte)'"':
                output.Write("&quot;"u8);
                return 1;
            case (byte)'\t' or (byte)'\n':
                output.Write(text[..1]);
                return 1;
            case 0xef:
                // U+FFFE and U+FFFF, the two non-characters that XML excludes, begin with this byte; so do many that it allows.
                if (text is [_, 0xbf, 0xbe or 0xbf, ..])
                {
                    output.Write(text[2] == 0xbe ? "&#xfffe;"u8 : "&#xffff;"u8);
                    return 3;
                }

                output.Write(text[..1]);
                return 1;
            default:
                output.Write("&#x"u8);
                Utf8Formatter.TryFormat(text[0], output.GetSpan(4), out var written, 'x');
                output.Advance(written);
                output.Write(";"u8);
                return 1;
        }
    }
}
