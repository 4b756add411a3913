using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Lists the parts of an upload under way: of each number the one that was uploaded last.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html"/>
internal sealed class ListParts(MultipartUploads uploads, UploadParts parts) : IS3Operation<ListPartsInput>
{
    /// <summary>What S3 says of the checksum of an upload that was begun without naming one.</summary>
    private const string NotNamed = "null";

    public ValueTask<ListPartsInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var marker = context.Target.Query.Get("part-number-marker");
        return ValueTask.FromResult(new ListPartsInput(
            MaxParts: UploadParameters.ParseMost(context, "max-parts"),
            Marker: string.IsNullOrEmpty(marker) ? 0 : UploadParameters.ParseNumber("part-number-marker", marker),
            Upload: UploadParameters.ParseUploadId(context)));
    }

    public void Require(ListPartsInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListMultipartUploadParts, UploadParameters.Resource(context));

    public async ValueTask ExecuteAsync(ListPartsInput input, S3Context context, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(context.Bucket.Id, context.Target.Key, input.Upload, cancellationToken)
            ?? throw UploadParameters.NoSuchUpload(context);
        var page = new List<StoredPart>();
        var truncated = false;
        if (input.MaxParts > 0)
        {
            await foreach (var part in parts.LatestAsync(context.Bucket.Id, input.Upload, input.Marker, cancellationToken))
            {
                if (page.Count == input.MaxParts)
                {
                    truncated = true;
                    break;
                }

                page.Add(part);
            }
        }

        ObjectEncryptor.Describe(context.Http.Response.Headers, upload.Record.Encryption);
        await S3XmlResponse.WriteAsync(
            context,
            StatusCodes.Status200OK,
            (context.Target, input, upload, page, truncated),
            static (xml, answer) => Write(xml, answer.Target, answer.input, answer.upload, answer.page, answer.truncated),
            cancellationToken);
    }

    private static void Write(
        S3XmlWriter xml, RequestTarget target, ListPartsInput input, FoundUpload upload, List<StoredPart> page, bool truncated)
    {
        xml.StartDocument("ListPartsResult"u8);
        xml.Element("Bucket"u8, target.Bucket);
        xml.ElementUtf8("Key"u8, target.Key.Span);
        xml.Element("UploadId"u8, input.Upload.ToString());
        xml.Element("PartNumberMarker"u8, input.Marker);
        xml.Element("NextPartNumberMarker"u8, page.Count == 0 ? 0 : page[^1].Number);
        xml.Element("MaxParts"u8, input.MaxParts);
        xml.Element("IsTruncated"u8, truncated);
        var algorithm = upload.Record.ChecksumAlgorithm;
        xml.Element("ChecksumAlgorithm"u8, algorithm is null ? NotNamed : ChecksumHeaders.NameOf(algorithm.Value));
        xml.Element("ChecksumType"u8, algorithm is null ? NotNamed : ChecksumHeaders.NameOf(upload.Record.ChecksumType));
        foreach (var part in page)
        {
            WritePart(xml, upload.Record, part);
        }

        UploadXml.People(xml, upload.Record.Owner);
        xml.Element("StorageClass"u8, "STANDARD");
        xml.End("ListPartsResult"u8);
    }

    private static void WritePart(S3XmlWriter xml, UploadRecord upload, StoredPart part)
    {
        xml.Start("Part"u8);
        xml.Element("PartNumber"u8, part.Number);
        xml.Element("LastModified"u8, part.Record.LastModified);
        xml.Element("ETag"u8, ObjectResponseHeaders.Quoted(part.Record.ETag));
        xml.Element("Size"u8, part.Record.Size);
        if (upload.ChecksumAlgorithm is not null)
        {
            CopyResult.WriteChecksum(xml, part.Record.Checksum, withType: false);
        }

        xml.End("Part"u8);
    }
}
