using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The listener for those who run the server: /live answers while the process does, /ready while it should get requests.</summary>
internal sealed class AdminApplication(Readiness readiness) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (status, text) = context.Request.Method is not ("GET" or "HEAD") ? (405, "only GET\n") : path switch
        {
            "/live" => (200, "live\n"),
            "/ready" => await readiness.ReasonAsync(context.RequestAborted) is { } reason ? (503, reason + "\n") : (200, "ready\n"),
            _ => (404, "/live and /ready\n"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
