using System.Collections.Frozen;
using System.Globalization;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Says of an object what is asked, its parts included, without the bytes.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html"/>
internal sealed class GetObjectAttributes(ObjectReader objects, ObjectEncryptor encryptor) : IS3Operation<GetObjectAttributesInput>
{
    private const string Header = "x-amz-object-attributes";
    private const int MaxParts = 1000;

    private static readonly FrozenSet<string> Known =
        FrozenSet.Create(StringComparer.Ordinal, "ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

    public ValueTask<GetObjectAttributesInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var names = (context.Header(Header) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest, "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
        }

        if (names.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw Invalid("Invalid attribute name specified.", Header, unknown);
        }

        return ValueTask.FromResult(new GetObjectAttributesInput(
            VersionParameter.Parse(context),
            names.ToFrozenSet(StringComparer.Ordinal),
            Math.Min(Number(context, "x-amz-max-parts") ?? MaxParts, MaxParts),
            Number(context, "x-amz-part-number-marker") ?? 0,
            encryptor.ParseCustomerKey(context)));
    }

    public void Require(GetObjectAttributesInput input, S3Context context, RequiredPermissions permissions)
    {
        var resource = RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString());
        permissions.Add(input.Version is null ? S3Action.GetObject : S3Action.GetObjectVersion, resource, input.Version);
        permissions.Add(input.Version is null ? S3Action.GetObjectAttributes : S3Action.GetObjectVersionAttributes, resource, input.Version);
    }

    public async ValueTask ExecuteAsync(GetObjectAttributesInput input, S3Context context, CancellationToken cancellationToken)
    {
        var found = await objects.FindAsync(context.Bucket.Id, context.Target.Key, input.Version, withBody: false, cancellationToken);

        // NoSuchKey is this operation's only error at AWS, for a delete marker that is asked for by its id, too.
        ObjectOutcomes.Require(context, found.Status == LookupStatus.DeleteMarker ? found with { Asked = null } : found);
        var record = found.Object;
        _ = encryptor.OpenKey(record.Encryption, input.CustomerKey);
        ObjectResponseHeaders.Version(context.Http.Response, record, found.Versioned);
        context.Http.Response.Headers.LastModified = ObjectResponseHeaders.LastModified(record);
        var parts = input.Attributes.Contains("ObjectParts") && record.PartCount > 0 ? await objects.PartsAsync(record, cancellationToken) : [];
        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (input, record, parts), static (xml, state) => Write(xml, state.input, state.record, state.parts), cancellationToken);
    }

    private static void Write(S3XmlWriter xml, GetObjectAttributesInput input, ObjectRecord record, IReadOnlyList<ObjectPart> parts)
    {
        xml.StartDocument("GetObjectAttributesResponse"u8);
        if (input.Attributes.Contains("ETag"))
        {
            xml.Element("ETag"u8, record.ETag);
        }

        if (input.Attributes.Contains("Checksum") && record.Checksum is not null)
        {
            xml.Start("Checksum"u8);
            CopyResult.WriteChecksum(xml, record.Checksum, withType: true);
            xml.End("Checksum"u8);
        }

        if (parts.Count > 0)
        {
            WriteParts(xml, input, record, parts);
        }

        if (input.Attributes.Contains("StorageClass"))
        {
            xml.Element("StorageClass"u8, "STANDARD");
        }

        if (input.Attributes.Contains("ObjectSize"))
        {
            xml.Element("ObjectSize"u8, record.Size);
        }

        xml.End("GetObjectAttributesResponse"u8);
    }

    private static void WriteParts(S3XmlWriter xml, GetObjectAttributesInput input, ObjectRecord record, IReadOnlyList<ObjectPart> parts)
    {
        var page = parts.Where(part => part.Number > input.PartNumberMarker).Take(input.MaxParts).ToList();
        var more = parts.Count > 0 && page.Count > 0 ? parts[^1].Number > page[^1].Number : parts[^1].Number > input.PartNumberMarker;
        xml.Start("ObjectParts"u8);
        xml.Element("PartsCount"u8, record.PartCount);
        xml.Element("PartNumberMarker"u8, input.PartNumberMarker);
        xml.Element("NextPartNumberMarker"u8, page.Count > 0 ? page[^1].Number : input.PartNumberMarker);
        xml.Element("MaxParts"u8, input.MaxParts);
        xml.Element("IsTruncated"u8, more);
        foreach (var part in page)
        {
            xml.Start("Part"u8);
            xml.Element("PartNumber"u8, part.Number);
            xml.Element("Size"u8, part.Size);
            CopyResult.WriteChecksum(xml, part.Checksum, withType: false);
            xml.End("Part"u8);
        }

        xml.End("ObjectParts"u8);
    }

    private static int? Number(S3Context context, string header)
    {
        if (context.Header(header) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid($"Provided {header} not an integer or within integer range", header, text);
    }

    private static S3Exception Invalid(string message, string name, string value) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", name), ("ArgumentValue", value));
}
