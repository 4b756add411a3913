using System.Text;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>
/// How an upload form is answered: 204, or what <c>success_action_status</c> says (200, 201 with a document), or a redirect to
/// <c>success_action_redirect</c>. A status or an address that means nothing counts as none.
/// </summary>
internal static class PostObjectAnswer
{
    public static ValueTask WriteAsync(S3Context context, string etag, CancellationToken cancellationToken)
    {
        var (target, response, fields) = (context.Target, context.Http.Response, context.Form!.Fields);
        if (RedirectOf(fields.Get("success_action_redirect") ?? fields.Get("redirect"), target, etag) is { } redirect)
        {
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = redirect;
            response.ContentLength = 0;
            return ValueTask.CompletedTask;
        }

        var location = string.Concat(context.Http.Request.Scheme, "://", target.Host, target.RawPath);
        response.Headers.Location = ObjectResponseHeaders.Safe(location);
        switch (fields.Get("success_action_status"))
        {
            case "200":
                response.StatusCode = StatusCodes.Status200OK;
                response.ContentLength = 0;
                return ValueTask.CompletedTask;
            case "201":
                return S3XmlResponse.WriteAsync(
                    context,
                    StatusCodes.Status201Created,
                    (Location: location, target.Bucket, Key: target.Key.ToString(), ETag: etag),
                    static (xml, answer) =>
                    {
                        xml.StartDocument("PostResponse"u8);
                        xml.Element("Location"u8, answer.Location);
                        xml.Element("Bucket"u8, answer.Bucket);
                        xml.Element("Key"u8, answer.Key);
                        xml.Element("ETag"u8, answer.ETag);
                        xml.End("PostResponse"u8);
                    },
                    cancellationToken);
            default:
                response.StatusCode = StatusCodes.Status204NoContent;
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>The address with bucket, key and ETag behind its query; null where it is no absolute one of HTTP that a header can hold.</summary>
    private static string? RedirectOf(string? address, RequestTarget target, string etag)
    {
        if (address is null
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            || address.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            return null;
        }

        // A host of other letters stays as it is in AbsoluteUri, and no header can hold it.
        var text = address.AsSpan().ContainsAnyExceptInRange('!', '~') ? uri.AbsoluteUri : address;
        if (!Ascii.IsValid(text))
        {
            return null;
        }

        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        var (before, after) = fragment < 0 ? (text, "") : (text[..fragment], text[fragment..]);
        var separator = before.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{before}{separator}bucket={Encode(target.Bucket)}&key={Encode(target.Key.ToString())}&etag={Encode(etag)}{after}";
    }

    private static string Encode(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);
}
