using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>The elements that answers of STS are made of.</summary>
internal static class StsDocument
{
    public static XNamespace Namespace { get; } = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static XElement Element(string name, params object[] content) => new(Namespace + name, content);
}
