using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace S3Cassandra.Support;

/// <summary>Asks again and again for what comes by itself, at first at once and then less and less often.</summary>
public static class Eventually
{
    /// <summary>Long after anything that a test waits for: a machine under load is slow, and a promise of time is asserted by itself.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when the condition holds; fails when it has not within <see cref="Limit"/>.</summary>
    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        GetAsync(what, () => Task.FromResult(condition()), static holds => holds, TestContext.Current.CancellationToken);

    /// <summary>The first answer that fits; fails, with the last that did not, when none comes within <see cref="Limit"/>.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T>> ask, Predicate<T> fits, CancellationToken token)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var answer = await ask();
            if (fits(answer))
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(begun) < Limit, $"{what}: not within {Limit.TotalMinutes} minutes; last {answer}");
            await Task.Delay(pause, token);
        }
    }
}
