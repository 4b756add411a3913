using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>The document of an object's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tagging.html"/>
internal static class TaggingDocument
{
    /// <summary>Ten tags of 128 and 256 characters, escaped as much as they can be.</summary>
    private const int MaxBytes = 64 * 1024;

    private const int MaxElements = 200;

    /// <exception cref="S3Exception">MalformedXML, InvalidTag, BadRequest.</exception>
    public static async ValueTask<IReadOnlyList<ObjectTag>> ReadAsync(S3Context context, CancellationToken cancellationToken)
    {
        return context.RequestTags = Parse(await context.Body.ReadAllAsync(MaxBytes, cancellationToken));
    }

    /// <exception cref="S3Exception">MalformedXML, InvalidTag, BadRequest.</exception>
    public static IReadOnlyList<ObjectTag> Parse(ReadOnlyMemory<byte> document) =>
        S3XmlReader.Parse(document, "Tagging", MaxElements).Children is [{ Name: "TagSet" } set]
            ? TagSet.Parse(set, TagSet.MaxOfObject)
            : throw new S3Exception(S3Errors.MalformedXML);

    public static ValueTask WriteAsync(S3Context context, IReadOnlyList<ObjectTag> tags, CancellationToken cancellationToken) =>
        S3XmlResponse.WriteAsync(
            context,
            StatusCodes.Status200OK,
            tags,
            static (xml, all) =>
            {
                xml.StartDocument("Tagging"u8);
                TagSet.Write(xml, all);
                xml.End("Tagging"u8);
            },
            cancellationToken);
}
