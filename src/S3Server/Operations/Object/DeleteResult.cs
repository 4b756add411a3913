using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What became of one key of a DeleteObjects.</summary>
/// <param name="Key">As the request named it.</param>
/// <param name="VersionId">As the request named it.</param>
/// <param name="Error">Null where it was deleted.</param>
/// <param name="Version">In buckets with versions: the marker made, or the version removed.</param>
internal sealed record DeleteResult(string Key, string? VersionId, S3Exception? Error, ObjectRecord? Version)
{
    /// <summary>The answer's document; quiet, it names errors only.</summary>
    public static void Write(S3XmlWriter xml, IReadOnlyList<DeleteResult> results, bool quiet)
    {
        xml.StartDocument("DeleteResult"u8);
        foreach (var result in results)
        {
            if (result.Error is { } error)
            {
                xml.Start("Error"u8);
                xml.Element("Key"u8, result.Key);
                xml.Element("VersionId"u8, result.VersionId);
                xml.Element("Code"u8, error.Error.Code);
                xml.Element("Message"u8, error.Message);
                xml.End("Error"u8);
            }
            else if (!quiet)
            {
                WriteDeleted(xml, result);
            }
        }

        xml.End("DeleteResult"u8);
    }

    private static void WriteDeleted(S3XmlWriter xml, DeleteResult result)
    {
        xml.Start("Deleted"u8);
        xml.Element("Key"u8, result.Key);
        xml.Element("VersionId"u8, result.VersionId);
        if (result.Version is { IsDeleteMarker: true } marker)
        {
            xml.Element("DeleteMarker"u8, true);
            xml.Element("DeleteMarkerVersionId"u8, marker.VersionId.ToString());
        }

        xml.End("Deleted"u8);
    }
}
