using System.Runtime.InteropServices;
using System.Xml;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Xml;

/// <summary>
/// Reads a request's document into a small tree, within limits: no DTD, no entities but XML's five, bounded depth and number of elements.
/// Anything else is MalformedXML. The namespace may be S3's or none; of attributes only xsi:type is read.
/// </summary>
internal static class S3XmlReader
{
    private const int MaxDepth = 16;
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static XmlElement Parse(ReadOnlyMemory<byte> document, string rootName, int maxElements)
    {
        try
        {
            using var stream = AsStream(document);
            using var reader = XmlReader.Create(stream, Settings());
            var root = Read(reader, maxElements);
            return root.Name == rootName ? root : throw new S3Exception(S3Errors.MalformedXML);
        }
        catch (XmlException)
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> document) => MemoryMarshal.TryGetArray(document, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(document.ToArray(), writable: false);

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = true,
    };

    private static XmlElement Read(XmlReader reader, int maxElements)
    {
        XmlElement? root = null;
        var open = new Stack<XmlElement>();
        var count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++count > maxElements || open.Count >= MaxDepth)
                    {
                        throw new S3Exception(S3Errors.MalformedXML);
                    }

                    var element = new XmlElement(reader.LocalName) { Type = reader.GetAttribute("type", SchemaInstance) };
                    if (open.TryPeek(out var parent))
                    {
                        parent.Add(element);
                    }

                    root ??= element;
                    if (!reader.IsEmptyElement)
                    {
                        open.Push(element);
                    }

                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    Append(open, reader);
                    break;
            }
        }

        return root ?? throw new S3Exception(S3Errors.MalformedXML);
    }

    /// <summary>White space between elements is layout; white space that is all an element has may be a key's.</summary>
    private static void Append(Stack<XmlElement> open, XmlReader reader)
    {
        if (open.TryPeek(out var element) && (element.Children.Count == 0 || reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA))
        {
            element.Append(reader.Value);
        }
    }
}
