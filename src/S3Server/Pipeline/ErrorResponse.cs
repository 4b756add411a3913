using System.Globalization;
using Microsoft.Net.Http.Headers;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Writes S3's error document: the only place that does.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses"/>
internal static class ErrorResponse
{
    /// <summary>The seconds that a client is asked to wait where the store cannot answer.</summary>
    private const int RetryAfterSeconds = 1;

    /// <summary>What an operation may have said of the content that it now does not send. What it said of the version stays.</summary>
    private static readonly string[] OfContent =
    [
        HeaderNames.ContentLength,
        HeaderNames.ContentType,
        HeaderNames.ContentEncoding,
        HeaderNames.ContentDisposition,
        HeaderNames.ContentLanguage,
        HeaderNames.CacheControl,
        HeaderNames.Expires,
    ];

    /// <summary>Answers with the error; to HEAD, and with 304, without a body.</summary>
    public static async ValueTask WriteAsync(
        HttpContext http, S3Exception failure, string resource, string requestId, CancellationToken cancellationToken)
    {
        var response = http.Response;
        response.StatusCode = failure.Error.Status;
        foreach (var name in OfContent)
        {
            response.Headers.Remove(name);
        }

        if (failure.Allow is { Length: > 0 } allow)
        {
            response.Headers.Allow = allow;
        }

        if (failure.Error.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (failure.Error.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentType = "application/xml";
        using var buffer = new PooledBuffer();
        Render(new S3XmlWriter(buffer), failure, resource, requestId);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            // What GET would send has no meaning for a client that cannot see it, and AWS sends none.
            response.ContentType = null;
            return;
        }

        response.ContentLength = buffer.Written.Length;
        await response.BodyWriter.WriteAsync(buffer.Written, cancellationToken);
    }

    /// <summary>The document itself.</summary>
    public static void Render(S3XmlWriter writer, S3Exception failure, string resource, string requestId)
    {
        writer.StartPlainDocument("Error"u8);
        writer.Element("Code"u8, failure.Error.Code);
        writer.Element("Message"u8, failure.Message);
        foreach (var (name, value) in failure.Details)
        {
            writer.Element(System.Text.Encoding.UTF8.GetBytes(name), value);
        }

        writer.Element("Resource"u8, resource);
        writer.Element("RequestId"u8, requestId);
        writer.Element("HostId"u8, ServerHeaders.HostId);
        writer.End("Error"u8);
    }
}
