using Microsoft.AspNetCore.Http.Features;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>What a connection keeps from request to request, so that a request allocates little.</summary>
internal sealed class RequestScope
{
    public DefaultHttpContext Http { get; } = new();

    public RequestHeaders Headers { get; } = new();

    public void Begin(IFeatureCollection features) => Http.Initialize(features);

    public void End()
    {
        Headers.Clear();
        Http.Uninitialize();
    }
}
