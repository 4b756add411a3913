using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using S3Cassandra.S3Server.Pipeline;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>
/// What Kestrel calls for each request: the pipeline and nothing else. No middleware, no scopes, no hosting diagnostics between them.
/// </summary>
internal sealed class S3Application(RequestPipeline pipeline) : IHttpApplication<RequestScope>
{
    private int _inFlight;

    /// <summary>How many requests are being answered.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public RequestScope CreateContext(IFeatureCollection contextFeatures)
    {
        Interlocked.Increment(ref _inFlight);
        RequestScope scope;
        if (contextFeatures is IHostContextContainer<RequestScope> container)
        {
            scope = container.HostContext ??= new RequestScope();
        }
        else
        {
            scope = new RequestScope();
        }

        scope.Begin(contextFeatures);
        return scope;
    }

    public Task ProcessRequestAsync(RequestScope context) => pipeline.ProcessAsync(context.Http, context.Headers);

    public void DisposeContext(RequestScope context, Exception? exception)
    {
        context.End();
        Interlocked.Decrement(ref _inFlight);
    }
}
