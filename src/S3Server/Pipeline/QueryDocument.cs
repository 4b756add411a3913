using System.Text;
using System.Xml.Linq;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Documents of the query protocol as text: one namespace, no attributes, quotes escaped.</summary>
internal static class QueryDocument
{
    public static string Render(XElement document)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.Append('<').Append(document.Name.LocalName).Append(" xmlns=\"").Append(document.Name.NamespaceName).Append("\">");
        AppendContent(text, document);
        return text.Append("</").Append(document.Name.LocalName).Append('>').ToString();
    }

    private static void AppendContent(StringBuilder text, XElement element)
    {
        if (!element.HasElements)
        {
            AppendEscaped(text, element.Value);
            return;
        }

        foreach (var child in element.Elements())
        {
            text.Append('<').Append(child.Name.LocalName).Append('>');
            AppendContent(text, child);
            text.Append("</").Append(child.Name.LocalName).Append('>');
        }
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&#34;"),
                '\'' => text.Append("&#39;"),
                '\r' => text.Append("&#xD;"),
                '\t' or '\n' or >= ' ' and not ('\uFFFE' or '\uFFFF') => text.Append(character),
                _ => text.Append('\uFFFD'),
            };
        }
    }
}
