using S3Cassandra.Cql.Cluster;

namespace S3Cassandra.Cql.Tests.Cluster;

public class ByteBudgetTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void What_is_there_is_taken_without_a_wait()
    {
        var budget = new ByteBudget(100, TimeProvider.System);
        Assert.True(budget.TryTake(60));
        Assert.False(budget.TryTake(41));
        Assert.True(budget.TryTake(40));
        Assert.Equal(100, budget.Taken);
        budget.Release(100);
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Those_who_wait_are_served_in_their_order_even_when_a_later_one_would_fit()
    {
        var budget = new ByteBudget(100, TimeProvider.System);
        Assert.True(budget.TryTake(100));
        var large = budget.TakeAsync(80, Long, Token).AsTask();
        var small = budget.TakeAsync(10, Long, Token).AsTask();
        budget.Release(50);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        Assert.False(budget.TryTake(10));
        budget.Release(50);
        await large;
        await small;
        Assert.Equal(90, budget.Taken);
    }

    [Fact]
    public async Task Who_gives_up_takes_nothing_and_holds_nobody_up()
    {
        var budget = new ByteBudget(100, TimeProvider.System);
        Assert.True(budget.TryTake(50));
        using var cancel = new CancellationTokenSource();
        var large = budget.TakeAsync(80, Long, cancel.Token).AsTask();
        var small = budget.TakeAsync(50, Long, Token).AsTask();
        Assert.False(small.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(100, budget.Taken);
        Assert.Equal(0, budget.Waiting);
    }

    [Fact]
    public async Task The_time_of_a_wait_is_limited()
    {
        var budget = new ByteBudget(10, TimeProvider.System);
        Assert.True(budget.TryTake(10));
        await Assert.ThrowsAsync<TimeoutException>(async () => await budget.TakeAsync(1, TimeSpan.Zero, Token));
        budget.Release(10);
        Assert.Equal(0, budget.Taken);
        Assert.True(budget.TryTake(10));
    }

    [Fact]
    public void The_largest_request_is_charged_no_more_than_there_is() => Assert.Equal(100, new ByteBudget(100, TimeProvider.System).Charge(1_000_000));

    [Fact]
    public async Task Many_at_once_never_take_more_than_there_is_and_all_get_their_turn()
    {
        var budget = new ByteBudget(1000, TimeProvider.System);
        var most = 0L;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                var bytes = 1 + ((worker * 31) + (i * 17)) % 400;
                await budget.TakeAsync(bytes, Long, Token);
                InterlockedMax(ref most, budget.Taken);
                await Task.Yield();
                budget.Release(bytes);
            }
        }, Token)));
        Assert.Equal(0, budget.Taken);
        Assert.Equal(0, budget.Waiting);
        Assert.InRange(most, 1, 1000);
    }

    private static void InterlockedMax(ref long most, long value)
    {
        var seen = Interlocked.Read(ref most);
        while (value > seen && Interlocked.CompareExchange(ref most, value, seen) is var now && now != seen)
        {
            seen = now;
        }
    }
}
