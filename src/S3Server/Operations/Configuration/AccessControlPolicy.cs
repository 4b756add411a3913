using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The document of an access control list that gives its owner FULL_CONTROL and nobody else anything.</summary>
internal static class AccessControlPolicy
{
    public static void Write(S3XmlWriter xml, string canonicalId)
    {
        xml.StartDocument("AccessControlPolicy"u8);
        xml.Start("Owner"u8);
        xml.Element("ID"u8, canonicalId);
        xml.End("Owner"u8);
        xml.Start("AccessControlList"u8);
        xml.Start("Grant"u8);
        xml.StartWith("Grantee"u8, "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\""u8);
        xml.Element("ID"u8, canonicalId);
        xml.End("Grantee"u8);
        xml.Element("Permission"u8, "FULL_CONTROL");
        xml.End("Grant"u8);
        xml.End("AccessControlList"u8);
        xml.End("AccessControlPolicy"u8);
    }
}
