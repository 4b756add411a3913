using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>Puts a <see cref="RejectionWriter"/> before the way out of each HTTP/1.1 connection, where the application finds it.</summary>
internal static class RejectionMiddleware
{
    public static ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        var isHttp2 = connection.Features.Get<ITlsHandshakeFeature>() is not null
            && connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span.SequenceEqual("h2"u8) == true;
        if (isHttp2)
        {
            await next(connection);
            return;
        }

        var transport = connection.Transport;
        var writer = new RejectionWriter(transport.Output);
        connection.Features.Set(writer);
        connection.Transport = new Way(transport.Input, writer);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    };

    private sealed record Way(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
