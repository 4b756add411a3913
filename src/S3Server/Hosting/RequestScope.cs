using Microsoft.AspNetCore.Http.Features;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>What a connection keeps from request to request, so that a request allocates little.</summary>
internal sealed class RequestScope
{
    /// <summary>The way out of an HTTP/1.1 connection; null on others.</summary>
    private RejectionWriter? _output;
    private bool _isKnown;

    public DefaultHttpContext Http { get; } = new();

    public RequestHeaders Headers { get; } = new();

    public void Begin(IFeatureCollection features)
    {
        if (!_isKnown)
        {
            _output = features.Get<RejectionWriter>();
            _isKnown = true;
        }

        if (_output is not null)
        {
            _output.IsAnswering = true;
        }

        Http.Initialize(features);
    }

    public void End()
    {
        Headers.Clear();
        Http.Uninitialize();
        if (_output is not null)
        {
            _output.IsAnswering = false;
        }
    }
}
