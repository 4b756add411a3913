using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Xml;

/// <summary>Answers with a document: rendered into pooled memory first, so that its length is known and an error can still be sent.</summary>
internal static class S3XmlResponse
{
    public static ValueTask WriteAsync(S3Context context, int status, Action<S3XmlWriter> write, CancellationToken cancellationToken) =>
        WriteAsync(context, status, write, static (writer, render) => render(writer), cancellationToken);

    /// <summary>The overload without a closure: <paramref name="state"/> is handed to <paramref name="write"/>.</summary>
    public static async ValueTask WriteAsync<TState>(
        S3Context context, int status, TState state, Action<S3XmlWriter, TState> write, CancellationToken cancellationToken)
    {
        using var buffer = new PooledBuffer();
        write(new S3XmlWriter(buffer), state);
        var response = context.Http.Response;
        response.StatusCode = status;
        response.ContentType = "application/xml";
        response.ContentLength = buffer.Written.Length;
        await response.BodyWriter.WriteAsync(buffer.Written, cancellationToken);
    }
}
