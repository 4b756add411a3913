using System.Diagnostics;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>Asks again and again for what comes by itself.</summary>
internal static class Eventually
{
    /// <summary>Long after anything that a test waits for: a machine under load is slow, and a promise of time is asserted by itself.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The first answer that fits; fails, with the last that did not, when none comes within <see cref="Limit"/>.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T>> ask, Predicate<T> fits, CancellationToken token)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (fits(answer))
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(begun) < Limit, $"{what}: not within {Limit.TotalMinutes} minutes; last {answer}");
            await Task.Delay(Pause, token);
        }
    }
}
