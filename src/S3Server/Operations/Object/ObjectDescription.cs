using System.Text;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a request that makes an object says of it beside its bytes: standard headers, user metadata, tags, a redirect of websites.</summary>
internal sealed record ObjectDescription(
    ObjectHeaders Headers, IReadOnlyList<KeyValuePair<string, string>> Metadata, IReadOnlyList<ObjectTag> Tags, string? WebsiteRedirectLocation)
{
    public const string DefaultContentType = "binary/octet-stream";

    private static readonly List<KeyValuePair<string, string>> NoMetadata = [];

    private const string MetadataPrefix = "x-amz-meta-";

    /// <summary>2 KB: the bytes of names and values.</summary>
    private const int MaxMetadataBytes = 2048;

    /// <exception cref="S3Exception">MetadataTooLarge, InvalidArgument, InvalidRedirectLocation, InvalidTag, BadRequest.</exception>
    public static ObjectDescription Parse(S3Context context) =>
        new(ReadHeaders(context), ReadMetadata(context), ReadTags(context), WebsiteRedirect.Parse(context));

    /// <summary>Refuses what no header field can hold, wherever the value came from (presigned parameters are percent-encoded).</summary>
    public static string CheckedValue(string name, string value)
    {
        foreach (var character in value)
        {
            if (character is (< ' ' and not '\t') or '\x7f')
            {
                throw new S3Exception(
                    S3Errors.InvalidArgument, "A header value holds a control character.", ("ArgumentName", name), ("ArgumentValue", ""));
            }
        }

        return value;
    }

    /// <summary>The tags of x-amz-tagging, which is encoded like a query.</summary>
    public static IReadOnlyList<ObjectTag> ReadTags(S3Context context)
    {
        if (context.Header("x-amz-tagging") is not { Length: > 0 } header)
        {
            return [];
        }

        var tags = new List<ObjectTag>();
        foreach (var pair in header.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = PercentDecoder.DecodeText(equals < 0 ? pair : pair.AsSpan(0, equals), plusIsSpace: true);
            var value = equals < 0 ? "" : PercentDecoder.DecodeText(pair.AsSpan(equals + 1), plusIsSpace: true);
            if (string.IsNullOrEmpty(key) || value is null || tags.Exists(tag => tag.Key == key))
            {
                throw new S3Exception(
                    S3Errors.InvalidArgument,
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                    ("ArgumentName", "x-amz-tagging"),
                    ("ArgumentValue", header));
            }

            tags.Add(new ObjectTag(key, value));
        }

        TagSet.Validate(tags, TagSet.MaxOfObject);
        context.RequestTags = tags;
        return tags;
    }

    private static ObjectHeaders ReadHeaders(S3Context context)
    {
        var type = Value(context, "Content-Type");
        var encoding = Value(context, "Content-Encoding");
        var disposition = Value(context, "Content-Disposition");
        var language = Value(context, "Content-Language");
        var cacheControl = Value(context, "Cache-Control");
        var expires = Value(context, "Expires");
        if (type is null or DefaultContentType
            && encoding is null && disposition is null && language is null && cacheControl is null && expires is null)
        {
            return ObjectHeaders.Empty;
        }

        return new ObjectHeaders
        {
            ContentType = type is DefaultContentType ? null : type,
            ContentEncoding = encoding,
            ContentDisposition = disposition,
            ContentLanguage = language,
            CacheControl = cacheControl,
            Expires = expires,
        };
    }

    private static string? Value(S3Context context, string name) =>
        context.Header(name) is { Length: > 0 } value ? CheckedValue(name, value) : null;

    private static List<KeyValuePair<string, string>> ReadMetadata(S3Context context)
    {
        List<KeyValuePair<string, string>>? metadata = null;
        var bytes = 0;
        foreach (var field in context.Http.Request.Headers)
        {
            if (field.Key.Length <= MetadataPrefix.Length || !field.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var name = field.Key[MetadataPrefix.Length..].ToLowerInvariant();
            var value = EncodedWord.Decode(CheckedValue(field.Key, field.Value.ToString()));
            bytes += name.Length + Encoding.UTF8.GetByteCount(value);
            (metadata ??= []).Add(new KeyValuePair<string, string>(name, value));
        }

        if (bytes > MaxMetadataBytes)
        {
            throw new S3Exception(
                S3Errors.MetadataTooLarge, null, ("Size", bytes.ToString(null, null)), ("MaxSizeAllowed", MaxMetadataBytes.ToString(null, null)));
        }

        return metadata ?? NoMetadata;
    }
}
