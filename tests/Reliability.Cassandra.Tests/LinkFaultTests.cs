using System.Diagnostics;
using S3Cassandra.Support;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// The links between servers and nodes break and delay (F6): connections cut once the request has gone, conditional batches that arrive 20 s
/// and more after their sender gave them up, on one node and on three.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class LinkFaultTests(ProxiedNodes nodes, ITestOutputHelper output)
{
    /// <summary>So many at least.</summary>
    private const int Faults = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_are_cut_after_the_request_went()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        var cuts = 0;
        output.WriteLine(await ClusterLoad.RunAsync(store, RunLength.Seed, DisturbAsync, Token));
        output.WriteLine($"{cuts} cuts");
        Assert.True(cuts > 0, "The load sent nothing that was to be cut.");

        CqlFault Cut() => Interlocked.Increment(ref cuts) % 2 == 0 ? CqlFault.CutAfterRequest : CqlFault.CutInsteadOfAnswer;

        async Task DisturbAsync(CancellationToken token)
        {
            cluster.Add(request => request.Opcode is CqlOpcode.Batch or CqlOpcode.Execute && Random.Shared.Next(request.IsConditional ? 60 : 600) == 0
                ? Cut()
                : null);
            await LastAsync(() => Volatile.Read(ref cuts), token);
            cluster.RemoveRules();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Conditional_writes_arrive_when_their_sender_has_long_given_them_up(int count)
    {
        var cluster = await nodes.StartAsync(count, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        var (held, passed) = (0, 0);

        output.WriteLine(await ClusterLoad.RunAsync(store, RunLength.Seed, DisturbAsync, Token));
        output.WriteLine($"{held} conditional writes came 20 s late and more");
        Assert.True(passed > 0, "None came late.");

        CqlFault Hold()
        {
            var number = Interlocked.Increment(ref held);
            var gate = LateAsync(TimeSpan.FromSeconds(20 + (number % 5)));
            return number % 2 == 0 ? CqlFault.Hold(gate) : CqlFault.CutAndHold(gate);
        }

        async Task LateAsync(TimeSpan time)
        {
            await Task.Delay(time);
            Interlocked.Increment(ref passed);
        }

        // Some are held with their connection, some outlive it: longer than any statement's time, a settlement's tries and a deadline. No new
        // ones at the end, and those that are held come while the load goes on.
        async Task DisturbAsync(CancellationToken token)
        {
            cluster.Add(request => request.IsConditional && request.Opcode is CqlOpcode.Batch or CqlOpcode.Execute && Random.Shared.Next(25) == 0
                ? Hold()
                : null);
            await LastAsync(() => Volatile.Read(ref held), token);
            cluster.RemoveRules();
            while (Volatile.Read(ref passed) < Volatile.Read(ref held) && !token.IsCancellationRequested)
            {
                await Task.Delay(Pause, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.WhenAll(cluster.Proxies.Select(proxy => proxy.WhenDoneAsync()));
        }
    }

    /// <summary>Until the faults' time is over and there were some: how soon chance meets what a load sends is the machine's matter.</summary>
    private static async Task LastAsync(Func<int> faults, CancellationToken token)
    {
        await Task.Delay(RunLength.Load, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var begun = Stopwatch.GetTimestamp();
        while (faults() < Faults && Stopwatch.GetElapsedTime(begun) < Eventually.Limit && !token.IsCancellationRequested)
        {
            await Task.Delay(Pause, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
