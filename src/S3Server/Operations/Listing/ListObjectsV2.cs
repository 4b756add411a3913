using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>Lists a bucket's current objects.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html"/>
internal sealed class ListObjectsV2(ObjectListing listing) : IS3Operation<ListObjectsV2Input>
{
    public ValueTask<ListObjectsV2Input> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var query = context.Target.Query;
        var parameters = ListingParameters.Parse(query);
        var startAfter = ListingParameters.Utf8(query.Get("start-after"));
        var after = startAfter;
        var token = query.Get("continuation-token");
        if (token is not null && !ContinuationToken.TryDecode(token, context.Bucket.Id.Value.ToByteArray(), out after))
        {
            throw ListingParameters.Invalid("continuation-token", token, "The continuation token provided is incorrect");
        }

        return new(new ListObjectsV2Input(parameters, startAfter, token, after, query.Get("fetch-owner") is "true"));
    }

    public void Require(ListObjectsV2Input input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListBucket, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(ListObjectsV2Input input, S3Context context, CancellationToken cancellationToken)
    {
        var request = new ListRequest
        {
            Bucket = context.Bucket.Id,
            Prefix = input.Parameters.Prefix,
            Delimiter = input.Parameters.Delimiter,
            After = input.After,
            MaxKeys = input.Parameters.MaxKeys,
        };
        using var page = await listing.ListAsync(request, cancellationToken) ?? throw BucketOutcomes.NoSuchBucket(context);
        var next = page.IsTruncated ? ContinuationToken.Encode(page.Last.Span, context.Bucket.Id.Value.ToByteArray()) : null;
        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (context.Bucket, input, page, next), Write, cancellationToken);
    }

    /// <summary>Renders the document.</summary>
    internal static void Write(S3XmlWriter xml, (BucketRecord Bucket, ListObjectsV2Input Input, ListPage Page, string? Next) answer)
    {
        var (parameters, page) = (answer.Input.Parameters, answer.Page);
        var names = new ListingXml(xml, parameters.UrlEncoded, answer.Bucket);
        xml.StartDocument("ListBucketResult"u8);
        xml.Element("Name"u8, answer.Bucket.Name);
        names.Name("Prefix"u8, parameters.Prefix.Span);
        names.OptionalName("StartAfter"u8, answer.Input.StartAfter.Span);
        xml.Element("ContinuationToken"u8, answer.Input.ContinuationToken);
        xml.Element("NextContinuationToken"u8, answer.Next);
        xml.Element("KeyCount"u8, page.Count);
        xml.Element("MaxKeys"u8, parameters.MaxKeys);
        names.OptionalName("Delimiter"u8, parameters.Delimiter.Span);
        xml.Element("EncodingType"u8, parameters.UrlEncoded ? "url" : null);
        xml.Element("IsTruncated"u8, page.IsTruncated);
        foreach (var row in page.Rows)
        {
            var summary = ObjectSummary.Read(row.Record.Span);
            xml.Start("Contents"u8);
            names.Name("Key"u8, row.Key.Span);
            names.Properties(summary, answer.Input.FetchOwner);
            xml.End("Contents"u8);
        }

        names.CommonPrefixes(page);
        xml.End("ListBucketResult"u8);
    }
}
