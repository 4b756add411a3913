using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Pipeline;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>Kestrel's refusals in S3's form. The connection closes after each: its framing is in doubt.</summary>
internal static class Rejection
{
    /// <summary>Writes S3's error in place of a refusal; false when <paramref name="response"/> is none.</summary>
    public static bool TryRewrite(ReadOnlySpan<byte> response, IBufferWriter<byte> output)
    {
        if (!response.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(response[9..], out int status, out _) || status < 400)
        {
            return false;
        }

        var requestId = RequestId.Next();
        using var body = new PooledBuffer();
        var error = Of(status);
        ErrorResponse.Render(new S3XmlWriter(body), new S3Exception(error), "/", requestId);
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            HTTP/1.1 {error.Status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(error.Status)}
            Content-Type: application/xml
            Content-Length: {body.Written.Length}
            Connection: close
            Date: {DateTimeOffset.UtcNow:R}
            Server: S3Cassandra
            x-amz-request-id: {requestId}
            x-amz-id-2: {ServerHeaders.HostId}


            """);
        output.Write(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")));
        output.Write(body.Written.Span);
        return true;
    }

    private static S3Error Of(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => S3Errors.RequestTimeout,
        StatusCodes.Status414UriTooLong => S3Errors.InvalidURI with { Status = status },
        StatusCodes.Status431RequestHeaderFieldsTooLarge => S3Errors.RequestHeaderSectionTooLarge,
        StatusCodes.Status505HttpVersionNotsupported => new S3Error("HttpVersionNotSupported", status, "The HTTP version is not supported."),
        StatusCodes.Status503ServiceUnavailable => S3Errors.SlowDown,
        _ => S3Errors.BadRequest with { Status = status },
    };
}
