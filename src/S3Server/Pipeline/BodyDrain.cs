using Microsoft.AspNetCore.Http.Features;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Reads and drops what is left of a request's body after an error was sent, within bounds: a client that sends its whole body before it
/// looks at the answer would otherwise meet a reset instead of the answer. One that sent Expect waits for us and has nothing under way.
/// </summary>
internal sealed class BodyDrain(EdgeLimits limits, TimeProvider time)
{
    public async ValueTask DrainAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!(http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false) || http.Request.Headers.Expect.Count > 0)
        {
            return;
        }

        using var bound = new CancellationTokenSource(limits.DrainTime, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var reader = http.Request.BodyReader;
        var drained = 0L;
        try
        {
            await http.Response.CompleteAsync();
            while (drained < limits.DrainBytes)
            {
                var read = await reader.ReadAsync(linked.Token);
                drained += read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client is gone, too slow, or was cut off while it read: there is nobody left to spare a reset.
        }
    }
}
