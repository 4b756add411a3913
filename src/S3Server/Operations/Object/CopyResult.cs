using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a copy answers: when and with what ETag and checksum it was made.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObjectResult.html"/>
internal static class CopyResult
{
    public static void Write(S3XmlWriter xml, ReadOnlySpan<byte> root, ObjectRecord copy)
    {
        xml.StartDocument(root);
        xml.Element("LastModified"u8, copy.LastModified);
        xml.Element("ETag"u8, ObjectResponseHeaders.Quoted(copy.ETag));
        WriteChecksum(xml, copy.Checksum, withType: true);
        xml.End(root);
    }

    /// <summary>ChecksumCRC32 and its like, and ChecksumType.</summary>
    public static void WriteChecksum(S3XmlWriter xml, Checksum? checksum, bool withType)
    {
        if (checksum is null)
        {
            return;
        }

        var value = checksum.ToString();
        switch (checksum.Algorithm)
        {
            case ChecksumAlgorithm.Crc32:
                xml.Element("ChecksumCRC32"u8, value);
                break;
            case ChecksumAlgorithm.Crc32C:
                xml.Element("ChecksumCRC32C"u8, value);
                break;
            case ChecksumAlgorithm.Crc64Nvme:
                xml.Element("ChecksumCRC64NVME"u8, value);
                break;
            case ChecksumAlgorithm.Sha1:
                xml.Element("ChecksumSHA1"u8, value);
                break;
            case ChecksumAlgorithm.Sha512:
                xml.Element("ChecksumSHA512"u8, value);
                break;
            case ChecksumAlgorithm.Md5:
                xml.Element("ChecksumMD5"u8, value);
                break;
            case ChecksumAlgorithm.XxHash64:
                xml.Element("ChecksumXXHASH64"u8, value);
                break;
            case ChecksumAlgorithm.XxHash3:
                xml.Element("ChecksumXXHASH3"u8, value);
                break;
            case ChecksumAlgorithm.XxHash128:
                xml.Element("ChecksumXXHASH128"u8, value);
                break;
            default:
                xml.Element("ChecksumSHA256"u8, value);
                break;
        }

        if (withType)
        {
            xml.Element("ChecksumType"u8, checksum.Type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT");
        }
    }
}
