using System.Text;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>The request document of a DeleteObjects.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html"/>
internal static class DeleteDocument
{
    public const int MaxKeys = 1000;

    /// <summary>A thousand keys of 1,024 bytes, each byte as a numeric reference of six characters, and 1 KiB of tags and conditions for each.</summary>
    private const int MaxBytes = MaxKeys * ((6 * ObjectKey.MaxBytes) + 1024);

    private const int ElementsPerKey = 6;

    /// <exception cref="S3Exception">MalformedXML: not the document, no keys, or more than a thousand.</exception>
    public static async ValueTask<DeleteObjectsInput> ReadAsync(S3Context context, CancellationToken cancellationToken)
    {
        var bytes = await context.Body.ReadAllAsync(MaxBytes, cancellationToken);
        var document = S3XmlReader.Parse(bytes, "Delete", ((MaxKeys + 1) * ElementsPerKey) + 2);
        var items = document.ChildrenNamed("Object").Select(Item).ToList();
        return items.Count is > 0 and <= MaxKeys
            ? new DeleteObjectsInput(items, IsTrue(document.Child("Quiet")))
            : throw new S3Exception(S3Errors.MalformedXML);
    }

    private static bool IsTrue(XmlElement? element) => element is not null && element.Text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static DeleteObjectsItem Item(XmlElement element)
    {
        var key = element.Child("Key")?.Text is { Length: > 0 } text ? text : throw new S3Exception(S3Errors.MalformedXML);
        var version = element.Child("VersionId")?.Text is { Length: > 0 } id ? id : null;
        S3Exception? refusal = null;
        if (!ObjectKey.TryCreate(Encoding.UTF8.GetBytes(key), out var parsed))
        {
            refusal = new S3Exception(S3Errors.KeyTooLongError);
        }

        VersionId? parsedVersion = null;
        if (version is not null)
        {
            parsedVersion = VersionParameter.TryParse(version);
            refusal ??= parsedVersion is null ? new S3Exception(S3Errors.NoSuchVersion) : null;
        }

        return new DeleteObjectsItem(key, parsed, version, parsedVersion, Conditions(element), refusal);
    }

    private static WriteConditions Conditions(XmlElement element)
    {
        var (etag, modified, size) = (element.Child("ETag"), element.Child("LastModifiedTime"), element.Child("Size"));
        if (etag is null && modified is null && size is null)
        {
            return WriteConditions.None;
        }

        return new WriteConditions(
            etag is null ? null : EntityTag.Unquote(etag.Text),
            IfMatchLastModified: modified is null ? null : ConditionHeaders.Time(modified.Text) ?? throw new S3Exception(S3Errors.MalformedXML),
            IfMatchSize: size is null ? null : ConditionHeaders.Size(size.Text) ?? throw new S3Exception(S3Errors.MalformedXML));
    }
}
