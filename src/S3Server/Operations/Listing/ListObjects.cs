using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>Lists a bucket's current objects, first version: a page goes on after a marker, the last name of the one before.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html"/>
internal sealed class ListObjects(ObjectListing listing) : IS3Operation<ListObjectsInput>
{
    public ValueTask<ListObjectsInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var query = context.Target.Query;
        return new(new ListObjectsInput(ListingParameters.Parse(query), ListingParameters.Utf8(query.Get("marker"))));
    }

    public void Require(ListObjectsInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListBucket, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(ListObjectsInput input, S3Context context, CancellationToken cancellationToken)
    {
        var request = new ListRequest
        {
            Bucket = context.Bucket.Id,
            Prefix = input.Parameters.Prefix,
            Delimiter = input.Parameters.Delimiter,
            After = input.Marker,
            MaxKeys = input.Parameters.MaxKeys,
        };
        using var page = await listing.ListAsync(request, cancellationToken) ?? throw BucketOutcomes.NoSuchBucket(context);
        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (context.Bucket, input, page), Write, cancellationToken);
    }

    private static void Write(S3XmlWriter xml, (BucketRecord Bucket, ListObjectsInput Input, ListPage Page) answer)
    {
        var (parameters, page) = (answer.Input.Parameters, answer.Page);
        var names = new ListingXml(xml, parameters.UrlEncoded, answer.Bucket);
        xml.StartDocument("ListBucketResult"u8);
        xml.Element("Name"u8, answer.Bucket.Name);
        names.Name("Prefix"u8, parameters.Prefix.Span);
        names.Name("Marker"u8, answer.Input.Marker.Span);
        if (page.IsTruncated && !parameters.Delimiter.IsEmpty)
        {
            names.Name("NextMarker"u8, page.Last.Span);
        }

        xml.Element("MaxKeys"u8, parameters.MaxKeys);
        names.OptionalName("Delimiter"u8, parameters.Delimiter.Span);
        xml.Element("EncodingType"u8, parameters.UrlEncoded ? "url" : null);
        xml.Element("IsTruncated"u8, page.IsTruncated);
        foreach (var row in page.Rows)
        {
            var summary = ObjectSummary.Read(row.Record.Span);
            xml.Start("Contents"u8);
            names.Name("Key"u8, row.Key.Span);
            names.Properties(summary, withOwner: true);
            xml.End("Contents"u8);
        }

        names.CommonPrefixes(page);
        xml.End("ListBucketResult"u8);
    }
}
