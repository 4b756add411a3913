using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The document of a public access block, a bucket's or an account's. A setting that is not named is off.</summary>
internal static class PublicAccessBlockDocument
{
    private const string Root = "PublicAccessBlockConfiguration";

    private static readonly string[] Names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static async ValueTask<PublicAccessBlock> ReadAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, Root, cancellationToken);
        if (document.Children.Any(child => !Names.Contains(child.Name)) || document.Children.DistinctBy(child => child.Name).Count() < document.Children.Count)
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        return new PublicAccessBlock(Flag(document, Names[0]), Flag(document, Names[1]), Flag(document, Names[2]), Flag(document, Names[3]));
    }

    /// <summary>As S3 has it.</summary>
    public static void Write(S3XmlWriter xml, PublicAccessBlock block)
    {
        xml.StartDocument("PublicAccessBlockConfiguration"u8);
        WriteSettings(xml, block);
    }

    /// <summary>As S3 Control has it: in no namespace.</summary>
    public static void WriteOfAccount(S3XmlWriter xml, PublicAccessBlock block)
    {
        xml.StartPlainDocument("PublicAccessBlockConfiguration"u8);
        WriteSettings(xml, block);
    }

    private static void WriteSettings(S3XmlWriter xml, PublicAccessBlock block)
    {
        xml.Element("BlockPublicAcls"u8, block.BlockPublicAcls);
        xml.Element("IgnorePublicAcls"u8, block.IgnorePublicAcls);
        xml.Element("BlockPublicPolicy"u8, block.BlockPublicPolicy);
        xml.Element("RestrictPublicBuckets"u8, block.RestrictPublicBuckets);
        xml.End("PublicAccessBlockConfiguration"u8);
    }

    private static bool Flag(XmlElement document, string name) => document.Child(name)?.Text switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        _ => throw new S3Exception(S3Errors.MalformedXML),
    };
}
