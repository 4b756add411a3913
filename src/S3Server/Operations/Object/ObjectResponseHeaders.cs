using System.Globalization;
using Microsoft.Net.Http.Headers;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What answers say of an object in their headers.</summary>
internal static class ObjectResponseHeaders
{
    private const string VersionIdHeader = "x-amz-version-id";
    private const string DeleteMarkerHeader = "x-amz-delete-marker";

    /// <summary>Everything that GET and HEAD say of an object, but for what depends on the range.</summary>
    public static void Describe(HttpResponse response, ObjectRecord record, bool versioned)
    {
        var headers = response.Headers;
        Identify(response, record, versioned);
        headers.AcceptRanges = "bytes";
        var stored = record.Headers;
        headers.ContentType = Safe(stored.ContentType ?? ObjectDescription.DefaultContentType);
        Set(headers, HeaderNames.ContentEncoding, stored.ContentEncoding);
        Set(headers, HeaderNames.ContentDisposition, stored.ContentDisposition);
        Set(headers, HeaderNames.ContentLanguage, stored.ContentLanguage);
        Set(headers, HeaderNames.CacheControl, stored.CacheControl);
        Set(headers, HeaderNames.Expires, stored.Expires);
        Set(headers, WebsiteRedirect.Header, record.WebsiteRedirectLocation);
        foreach (var (name, value) in record.Metadata)
        {
            headers["x-amz-meta-" + name] = EncodedWord.Encode(value);
        }

        if (record.Tags.Count > 0)
        {
            headers["x-amz-tagging-count"] = record.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }

        ObjectEncryptor.Describe(headers, record.Encryption);
    }

    /// <summary>ETag, Last-Modified and version: what a 304 says, too.</summary>
    public static void Identify(HttpResponse response, ObjectRecord record, bool versioned)
    {
        response.Headers.ETag = Quoted(record.ETag);
        response.Headers.LastModified = LastModified(record);
        Version(response, record, versioned);
    }

    /// <summary>x-amz-version-id, in buckets that keep versions.</summary>
    public static void Version(HttpResponse response, ObjectRecord record, bool versioned)
    {
        if (versioned)
        {
            response.Headers[VersionIdHeader] = record.VersionId.ToString();
        }
    }

    /// <summary>x-amz-version-id of a version that was just written: a null version's is not said.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_Examples"/>
    public static void WrittenVersion(HttpResponse response, ObjectRecord record, bool versioned) =>
        Version(response, record, versioned && !record.VersionId.IsNull);

    public static void DeleteMarker(HttpResponse response) => response.Headers[DeleteMarkerHeader] = "true";

    /// <summary>What a write answers of the version that it made.</summary>
    public static void DescribeWrite(HttpResponse response, WriteOutcome outcome)
    {
        var record = outcome.Version!;
        response.Headers.ETag = Quoted(record.ETag);
        WrittenVersion(response, record, outcome.Versioned);
        ObjectEncryptor.Describe(response.Headers, record.Encryption);
        Checksum(response, record.Checksum);
        response.Headers["x-amz-object-size"] = record.Size.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>x-amz-checksum-* and x-amz-checksum-type.</summary>
    public static void Checksum(HttpResponse response, Checksum? checksum)
    {
        if (checksum is not null)
        {
            response.Headers[ChecksumHeaders.HeaderOf(checksum.Algorithm)] = checksum.ToString();
            response.Headers["x-amz-checksum-type"] = checksum.Type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";
        }
    }

    public static string Quoted(string etag) => string.Concat("\"", etag, "\"");

    public static string LastModified(ObjectRecord record) => record.LastModified.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Stored as the client sent it, sent as header fields may be.</summary>
    public static string Safe(string value) => EncodedWord.Encode(value);

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = Safe(value);
        }
    }
}
