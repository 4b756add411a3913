using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Operations.Listing;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Lists a bucket's uploads under way, by key and by when they were initiated.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html"/>
internal sealed class ListMultipartUploads(UploadListing listing) : IS3Operation<ListMultipartUploadsInput>
{
    public ValueTask<ListMultipartUploadsInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var query = context.Target.Query;
        var parameters = ListingParameters.Parse(query);
        var keyMarker = ListingParameters.Utf8(query.Get("key-marker"));
        var text = query.Get("upload-id-marker");
        return ValueTask.FromResult(new ListMultipartUploadsInput
        {
            Prefix = parameters.Prefix,
            Delimiter = parameters.Delimiter,
            UrlEncoded = parameters.UrlEncoded,
            KeyMarker = keyMarker,
            UploadIdMarker = ParseMarker(text, keyMarker.IsEmpty),
            UploadIdMarkerText = text,
            MaxUploads = UploadParameters.ParseMost(context, "max-uploads"),
        });
    }

    public void Require(ListMultipartUploadsInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListBucketMultipartUploads, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(ListMultipartUploadsInput input, S3Context context, CancellationToken cancellationToken)
    {
        var request = new ListUploadsRequest
        {
            Bucket = context.Bucket.Id,
            Prefix = input.Prefix,
            Delimiter = input.Delimiter,
            KeyMarker = input.KeyMarker,
            UploadIdMarker = input.UploadIdMarker,
            MaxUploads = input.MaxUploads,
        };
        using var page = await listing.ListAsync(request, cancellationToken) ?? throw BucketOutcomes.NoSuchBucket(context);
        await S3XmlResponse.WriteAsync(
            context,
            StatusCodes.Status200OK,
            (context.Target.Bucket, input, page),
            static (xml, answer) => Write(xml, answer.Bucket, answer.input, answer.page),
            cancellationToken);
    }

    /// <summary>Without a key marker it means nothing and is ignored, as AWS does.</summary>
    private static UploadId? ParseMarker(string? text, bool withoutKey)
    {
        if (string.IsNullOrEmpty(text) || withoutKey)
        {
            return null;
        }

        return UploadId.TryParse(text, out var marker)
            ? marker
            : throw UploadParameters.Invalid("upload-id-marker", text, "Invalid uploadId marker");
    }

    private static void Write(S3XmlWriter xml, string bucket, ListMultipartUploadsInput input, ListPage page)
    {
        var names = new ListingXml(xml, input.UrlEncoded);
        xml.StartDocument("ListMultipartUploadsResult"u8);
        xml.Element("Bucket"u8, bucket);
        names.Name("KeyMarker"u8, input.KeyMarker.Span);
        xml.Element("UploadIdMarker"u8, input.UploadIdMarkerText ?? "");
        if (page.IsTruncated)
        {
            names.Name("NextKeyMarker"u8, page.Last.Span);
            xml.Element("NextUploadIdMarker"u8, page.EndsInCommonPrefix ? "" : IdOf(page.Rows[^1]));
        }

        names.OptionalName("Delimiter"u8, input.Delimiter.Span);
        names.Name("Prefix"u8, input.Prefix.Span);
        xml.Element("EncodingType"u8, input.UrlEncoded ? "url" : null);
        xml.Element("MaxUploads"u8, input.MaxUploads);
        xml.Element("IsTruncated"u8, page.IsTruncated);
        foreach (var row in page.Rows)
        {
            WriteUpload(xml, names, row);
        }

        names.CommonPrefixes(page);
        xml.End("ListMultipartUploadsResult"u8);
    }

    private static void WriteUpload(S3XmlWriter xml, ListingXml names, in ListedRow row)
    {
        var upload = ObjectSummary.Read(row.Record.Span);
        xml.Start("Upload"u8);
        names.Name("Key"u8, row.Key.Span);
        xml.Element("UploadId"u8, IdOf(row));
        UploadXml.People(xml, upload.Owner);
        xml.Element("StorageClass"u8, "STANDARD");
        xml.Element("Initiated"u8, upload.LastModified);
        if (upload.ChecksumAlgorithm is { } algorithm)
        {
            xml.Element("ChecksumAlgorithm"u8, ChecksumHeaders.NameOf(algorithm));
            xml.Element("ChecksumType"u8, ChecksumHeaders.NameOf(upload.ChecksumType.GetValueOrDefault()));
        }

        xml.End("Upload"u8);
    }

    private static string IdOf(in ListedRow row) => UploadId.FromBytes(row.Suffix.Span).ToString();
}
