using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Microsoft.Net.Http.Headers;
using S3Cassandra.Auth.Forms;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The fields of an upload form as the headers that they stand for. What the request itself says in such headers does not count: the policy
/// does not cover it.
/// </summary>
internal static class FormHeaders
{
    private const string Tagging = "x-amz-tagging";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Those of PutObject that are named alike as fields.</summary>
    private static readonly string[] Plain =
    [
        HeaderNames.ContentType,
        HeaderNames.CacheControl,
        HeaderNames.ContentDisposition,
        HeaderNames.ContentEncoding,
        HeaderNames.ContentLanguage,
        HeaderNames.Expires,
        HeaderNames.ContentMD5,
    ];

    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["acl"] = "x-amz-acl",
        ["x-amz-checksum-algorithm"] = "x-amz-sdk-checksum-algorithm",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of the signature, read already.</summary>
    private static readonly FrozenSet<string> OfSignature = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "x-amz-signature", "x-amz-credential", "x-amz-algorithm", "x-amz-security-token");

    /// <summary>Headers that say how a body comes, or that it comes from elsewhere: no field can.</summary>
    private static readonly FrozenSet<string> NotFields = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "x-amz-content-sha256",
        "x-amz-copy-source",
        "x-amz-decoded-content-length",
        "x-amz-trailer",
        HeaderNames.IfMatch,
        HeaderNames.IfNoneMatch);

    /// <summary>The x-amz-* headers that a request with a form may have: they ask for nothing, or for less.</summary>
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "x-amz-content-sha256", "x-amz-date", "x-amz-user-agent", "x-amz-expected-bucket-owner");

    /// <exception cref="S3Exception">The request has headers that ask for something, which no policy covers.</exception>
    public static void RefuseOthers(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !Harmless.Contains(name))
            {
                throw new S3Exception(
                    S3Errors.AccessDenied, "There were headers present in the request which were not signed", ("HeadersNotSigned", name));
            }
        }

        foreach (var name in (string[])[HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.ContentEncoding, HeaderNames.ContentMD5])
        {
            if (headers.ContainsKey(name))
            {
                throw new S3Exception(S3Errors.NotImplemented, null, ("Header", name));
            }
        }
    }

    /// <exception cref="S3Exception">A field cannot stand for a header.</exception>
    public static void Apply(IHeaderDictionary headers, FormFields fields)
    {
        foreach (var name in Plain)
        {
            headers.Remove(name);
        }

        foreach (var name in fields.Names)
        {
            var value = fields.Get(name)!;
            if (NotFields.Contains(name))
            {
                throw new S3Exception(
                    S3Errors.InvalidArgument, "A form has no such field.", ("ArgumentName", name), ("ArgumentValue", ""));
            }

            if (HeaderOf(name) is { } header && (value.Length > 0 || !Plain.Contains(header, StringComparer.OrdinalIgnoreCase)))
            {
                headers[header] = value;
            }
        }

        if (fields.Get("tagging") is { } tagging)
        {
            headers[Tagging] = TagsOf(tagging);
        }
    }

    /// <summary>The header that a field stands for; null where it stands for none.</summary>
    private static string? HeaderOf(string field)
    {
        if (Renamed.TryGetValue(field, out var renamed))
        {
            return renamed;
        }

        if (Plain.Contains(field, StringComparer.OrdinalIgnoreCase))
        {
            return field;
        }

        if (!field.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || OfSignature.Contains(field))
        {
            return null;
        }

        if (field.StartsWith(ChecksumHeaders.Prefix, StringComparison.OrdinalIgnoreCase)
            && ChecksumHeaders.OfHeader(field) is null && !field.Equals("x-amz-checksum-type", StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.InvalidRequest, "The algorithm type you specified in x-amz-checksum- header is invalid.");
        }

        return !field.AsSpan().ContainsAnyExcept(Token) ? field : throw new S3Exception(
            S3Errors.InvalidArgument, "The name of a field is no header's.", ("ArgumentName", "field"), ("ArgumentValue", field));
    }

    private static string TagsOf(string document) => string.Join(
        '&',
        TaggingDocument.Parse(Encoding.UTF8.GetBytes(document)).Select(tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}"));
}
