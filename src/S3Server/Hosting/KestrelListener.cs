using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>A Kestrel of its own, without ASP.NET's host around it: some listeners and the application they call.</summary>
internal sealed class KestrelListener : IAsyncDisposable
{
    private readonly WebApplication _container;
    private readonly IServer _server;

    private KestrelListener(WebApplication container)
    {
        _container = container;
        _server = container.Services.GetRequiredService<IServer>();
    }

    /// <summary>Where it listens, with the ports that were chosen.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    /// <exception cref="ConfigurationException">The certificate cannot be read.</exception>
    public static KestrelListener Create(
        IReadOnlyList<ListenAddress> addresses, X509Certificate2? certificate, X509Certificate2Collection chain, EdgeLimits limits, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();

        // A response is sent, and a request begun, on the thread that it stands on, without a hop between thread pool threads for each.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(options =>
        {
            Limit(options, limits);
            foreach (var address in addresses)
            {
                options.Listen(address.EndPoint, listen => Protocols(listen, address, certificate, chain));
            }
        });
        return new KestrelListener(builder.Build());
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => _server.StartAsync(application, cancellationToken);

    /// <summary>Closes the listeners and waits for requests in flight, until the token says to cut them.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    private static void Protocols(
        ListenOptions listen, ListenAddress address, X509Certificate2? certificate, X509Certificate2Collection chain)
    {
        // Without TLS there is no way to agree on HTTP/2 that does not let a client smuggle an upgrade past a proxy.
        listen.Protocols = address.IsTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        if (address.IsTls)
        {
            listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.ServerCertificateChain = chain;
            });
        }

        listen.Use(RejectionMiddleware.Use);
    }

    private static void Limit(KestrelServerOptions options, EdgeLimits limits)
    {
        options.AddServerHeader = false;
        options.AllowSynchronousIO = false;

        // Clients with an HTTP proxy setting name another authority in the target than in Host; the target's counts.
        options.AllowHostHeaderOverride = true;
        options.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
        options.RequestHeaderEncodingSelector = static _ => LenientHeaderEncoding.Instance;
        options.Limits.MaxRequestLineSize = limits.RequestLineBytes;
        options.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        options.Limits.MaxRequestHeaderCount = limits.HeaderCount;
        options.Limits.MaxRequestBufferSize = Math.Max(limits.RequestBufferBytes, limits.RequestLineBytes);
        options.Limits.MaxResponseBufferSize = limits.ResponseBufferBytes;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.RequestHeadersTimeout = limits.HeaderTime;
        options.Limits.KeepAliveTimeout = limits.IdleTime;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyRate, limits.SlowBodyGrace);
        options.Limits.MinResponseDataRate = new MinDataRate(limits.MinBodyRate, limits.SlowBodyGrace);
        options.Limits.MaxConcurrentConnections = limits.Connections;
        options.Limits.Http2.MaxStreamsPerConnection = limits.Http2Streams;
        options.Limits.Http2.InitialStreamWindowSize = 768 * 1024;
        options.Limits.Http2.InitialConnectionWindowSize = 2 * 1024 * 1024;
    }
}
