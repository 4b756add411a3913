using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>What a load takes from servers that are being hurt: a 503, or no answer. Anything else is a failure.</summary>
internal static class Refusals
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>The answer, or null where the request was refused or broken off: after some time then, so that it can be sent again.</summary>
    public static async Task<S3Response?> AcceptedAsync(Func<Task<S3Response>> send, CancellationToken token)
    {
        try
        {
            var answer = await send();
            if (answer.IsSuccess)
            {
                return answer;
            }

            Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{answer.Status} {answer.Text}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The server ended, or the load did.
        }

        await Task.Delay(Patience, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }
}
