using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>Lists a bucket's versions and delete markers, by key and newest first.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html"/>
internal sealed class ListObjectVersions(VersionListing listing) : IS3Operation<ListObjectVersionsInput>
{
    public ValueTask<ListObjectVersionsInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var query = context.Target.Query;
        var parameters = ListingParameters.Parse(query);
        var keyMarker = ListingParameters.Utf8(query.Get("key-marker"));
        var text = query.Get("version-id-marker");
        return new(new ListObjectVersionsInput(parameters, keyMarker, Marker(text, keyMarker.IsEmpty), text));
    }

    public void Require(ListObjectVersionsInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListBucketVersions, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(ListObjectVersionsInput input, S3Context context, CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest
        {
            Bucket = context.Bucket.Id,
            Prefix = input.Parameters.Prefix,
            Delimiter = input.Parameters.Delimiter,
            KeyMarker = input.KeyMarker,
            VersionIdMarker = input.VersionIdMarker,
            MaxKeys = input.Parameters.MaxKeys,
        };
        using var page = await listing.ListAsync(request, cancellationToken) ?? throw BucketOutcomes.NoSuchBucket(context);
        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (context.Bucket, input, page), Write, cancellationToken);
    }

    private static VersionId? Marker(string? text, bool withoutKey)
    {
        switch (text)
        {
            case null:
                return null;
            case var _ when withoutKey:
                throw ListingParameters.Invalid(
                    "version-id-marker", text, "A version-id marker cannot be specified without a key marker.");
            case "":
                throw ListingParameters.Invalid("version-id-marker", text, "A version-id marker cannot be empty.");
            default:
                return VersionId.TryParse(text, out var version)
                    ? version
                    : throw ListingParameters.Invalid("version-id-marker", text, "Invalid version id specified");
        }
    }

    private static void Write(S3XmlWriter xml, (BucketRecord Bucket, ListObjectVersionsInput Input, ListPage Page) answer)
    {
        var (parameters, page) = (answer.Input.Parameters, answer.Page);
        var names = new ListingXml(xml, parameters.UrlEncoded, answer.Bucket);
        xml.StartDocument("ListVersionsResult"u8);
        xml.Element("Name"u8, answer.Bucket.Name);
        names.Name("Prefix"u8, parameters.Prefix.Span);
        names.Name("KeyMarker"u8, answer.Input.KeyMarker.Span);
        xml.Element("VersionIdMarker"u8, answer.Input.VersionIdMarkerText ?? "");
        if (page.IsTruncated)
        {
            names.Name("NextKeyMarker"u8, page.Last.Span);
            xml.Element("NextVersionIdMarker"u8, page.EndsInCommonPrefix ? null : page.Rows[^1].Marker.ToString());
        }

        xml.Element("MaxKeys"u8, parameters.MaxKeys);
        names.OptionalName("Delimiter"u8, parameters.Delimiter.Span);
        xml.Element("EncodingType"u8, parameters.UrlEncoded ? "url" : null);
        xml.Element("IsTruncated"u8, page.IsTruncated);
        foreach (var row in page.Rows)
        {
            WriteRow(xml, names, row);
        }

        names.CommonPrefixes(page);
        xml.End("ListVersionsResult"u8);
    }

    private static void WriteRow(S3XmlWriter xml, ListingXml names, in ListedRow row)
    {
        var summary = ObjectSummary.Read(row.Record.Span);
        var element = summary.IsDeleteMarker ? "DeleteMarker"u8 : "Version"u8;
        xml.Start(element);
        names.Name("Key"u8, row.Key.Span);
        WriteVersionId(xml, summary.VersionId);
        xml.Element("IsLatest"u8, row.IsLatest);
        if (summary.IsDeleteMarker)
        {
            names.LastModified(summary.LastModified);
            names.Owner(summary.Owner);
        }
        else
        {
            names.Properties(summary, withOwner: true);
        }

        xml.End(element);
    }

    private static void WriteVersionId(S3XmlWriter xml, VersionId version)
    {
        Span<byte> digits = stackalloc byte[2 * VersionId.ByteLength];
        version.Value.TryFormat(digits, out _, "x32", null);
        xml.ElementUtf8("VersionId"u8, version.IsNull ? "null"u8 : digits);
    }
}
