using System.Text;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Tests.Xml;

/// <summary>Attack 29 on the reader: what is no plain, small document is MalformedXML, and costs little.</summary>
public class S3XmlReaderTests
{
    public static TheoryData<string, string> Bombs => new()
    {
        { "a DTD", "<!DOCTYPE D [<!ENTITY a \"b\">]><D>&a;</D>" },
        { "a billion laughs", "<!DOCTYPE D [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><D>&c;</D>" },
        { "a file", "<!DOCTYPE D [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><D>&x;</D>" },
        { "an external DTD", "<!DOCTYPE D SYSTEM \"http://127.0.0.1:1/x.dtd\"><D/>" },
        { "an unknown entity", "<D>&x;</D>" },
        { "10^6 elements", "<D>" + string.Concat(Enumerable.Repeat("<a/>", 1_000_000)) + "</D>" },
        { "a depth of 10^4", string.Concat(Enumerable.Repeat("<D>", 10_000)) + string.Concat(Enumerable.Repeat("</D>", 10_000)) },
        { "no end", "<D><a>" },
        { "two roots", "<D/><D/>" },
        { "another root", "<E/>" },
        { "nothing", "" },
        { "no XML", "{\"a\": 1}" },
        { "a control character", "<D>\u0001</D>" },
        { "a reference to one", "<D>&#1;</D>" },
        { "no UTF-8", "<D>\u00ff</D>" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_MalformedXML(string name, string document)
    {
        var bytes = Encoding.Latin1.GetBytes(document);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<S3Exception>(() => S3XmlReader.Parse(bytes, "D", 10_000));
        Assert.Equal(S3Errors.MalformedXML, refusal.Error);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8 << 20, $"{name} took too much memory");
    }

    [Theory]
    [InlineData("<D xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><a> x </a><b><c>&lt;é</c></b><a/></D>")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?>\n<D>\n  <a> x </a>\n  <!-- c --><b>\n<c><![CDATA[<é]]></c></b><a></a></D>")]
    [InlineData("<n:D xmlns:n='x' y='z'><n:a> x </n:a><n:b><n:c>&#60;é</n:c></n:b><n:a/></n:D>")]
    public void A_document_becomes_a_tree(string document)
    {
        var root = S3XmlReader.Parse(Encoding.UTF8.GetBytes(document), "D", 100);
        Assert.Equal([" x ", ""], root.ChildrenNamed("a").Select(element => element.Text));
        Assert.Equal("<é", root.Child("b")!.Child("c")!.Text);
        Assert.Null(root.Child("c"));
    }

    [Fact]
    public void White_space_may_be_all_of_a_text() =>
        Assert.Equal(" \n ", S3XmlReader.Parse("<D><Key> \n </Key></D>"u8.ToArray(), "D", 10).Child("Key")!.Text);
}
