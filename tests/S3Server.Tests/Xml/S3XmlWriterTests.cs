using System.Buffers;
using System.Text;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Tests.Xml;

public class S3XmlWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("<a>&\"'", "&lt;a&gt;&amp;&quot;'")]
    [InlineData("ä🐘", "ä🐘")]
    [InlineData("a\tb\nc\rd", "a\tb\nc&#xd;d")]
    [InlineData("\u0001\u001f\u007f", "&#x1;&#x1f;&#x7f;")]
    [InlineData("\ufffe\uffff\uf000", "&#xfffe;&#xffff;\uf000")]
    [InlineData("]]>", "]]&gt;")]
    public void Text_is_escaped(string text, string expected)
    {
        Assert.Equal($"<Key>{expected}</Key>", Write(xml => xml.Element("Key"u8, text)));
        Assert.Equal($"<Key>{expected}</Key>", Write(xml => xml.ElementUtf8("Key"u8, Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Long_text_is_escaped_too()
    {
        var text = string.Concat(Enumerable.Repeat("<é>", 5000));
        Assert.Equal($"<Key>{text.Replace("<", "&lt;").Replace(">", "&gt;")}</Key>", Write(xml => xml.Element("Key"u8, text)));
    }

    [Fact]
    public void Values_have_S3s_forms()
    {
        var time = new DateTimeOffset(2009, 10, 12, 19, 50, 30, 7, TimeSpan.FromHours(2));
        Assert.Equal("<A>2009-10-12T17:50:30.007Z</A>", Write(xml => xml.Element("A"u8, time)));
        Assert.Equal("<A>true</A><A>-5</A>", Write(xml =>
        {
            xml.Element("A"u8, true);
            xml.Element("A"u8, -5);
            xml.Element("A"u8, null);
        }));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<R xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></R>",
            Write(xml =>
            {
                xml.StartDocument("R"u8);
                xml.End("R"u8);
            }));
    }

    private static string Write(Action<S3XmlWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(new S3XmlWriter(buffer));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
