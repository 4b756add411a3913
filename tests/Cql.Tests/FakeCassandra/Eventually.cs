using System.Runtime.CompilerServices;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>Waits for what happens in the background.</summary>
internal static class Eventually
{
    /// <summary>Ends a hang; how soon something happens on a busy machine is no matter of tests.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(Interval);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within {Limit.TotalMinutes} minutes: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
