using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What the documents of listings of uploads and parts have in common.</summary>
internal static class UploadXml
{
    private const string Root = ":root";

    /// <summary>Who initiated it and who owns it. AWS names an account by its canonical id, a user by its ARN.</summary>
    public static void People(S3XmlWriter xml, ObjectOwner owner)
    {
        var initiator = owner.Initiator.EndsWith(Root, StringComparison.Ordinal) ? owner.CanonicalId : owner.Initiator;
        xml.Start("Initiator"u8);
        xml.Element("ID"u8, initiator);
        xml.End("Initiator"u8);
        xml.Start("Owner"u8);
        xml.Element("ID"u8, owner.CanonicalId);
        xml.End("Owner"u8);
    }
}
