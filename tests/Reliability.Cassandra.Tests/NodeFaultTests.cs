namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Three nodes, two servers, and something happens to a node: nothing acknowledged is lost, nothing is applied twice, no listing lacks a key
/// (reliability.md F4, F5). S3CASSANDRA_CLUSTER_SECONDS=600 makes each of these a long run.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class NodeFaultTests(ProxiedNodes nodes, ITestOutputHelper output)
{
    /// <summary>Between two kills of the long run.</summary>
    private static readonly TimeSpan Interval = RunLength.IsLong ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_are_killed_and_started_again_one_after_the_other()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        var kills = 0;
        output.WriteLine(await ClusterLoad.RunAsync(store, RunLength.Seed, DisturbAsync, Token));
        output.WriteLine($"{kills} kills of a node");

        async Task DisturbAsync(CancellationToken token)
        {
            var end = DateTime.UtcNow + RunLength.Load;
            do
            {
                var node = cluster.Nodes[kills++ % cluster.Nodes.Count];
                await node.KillAsync(Token);
                await Task.Delay(Interval / 3, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await node.StartAsync(Token);
                await Task.Delay(Interval * 2 / 3, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (DateTime.UtcNow < end && !token.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task Nodes_stand_still_one_after_the_other_the_coordinator_of_every_shard_included()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        var pauses = 0;
        output.WriteLine(await ClusterLoad.RunAsync(store, RunLength.Seed, DisturbAsync, Token));
        output.WriteLine($"{pauses} pauses of a node");

        // Each node is the first replica of some shard, and each stands still.
        async Task DisturbAsync(CancellationToken token)
        {
            var end = DateTime.UtcNow + RunLength.Load;
            do
            {
                var node = cluster.Nodes[pauses % cluster.Nodes.Count];
                await node.PauseAsync(Token);
                try
                {
                    await Task.Delay(RunLength.IsLong ? TimeSpan.FromSeconds(1 + (pauses * 7 % 30)) : Interval, token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                finally
                {
                    await node.ResumeAsync(Token);
                }

                await Task.Delay(Interval / 3, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while ((++pauses < cluster.Nodes.Count || DateTime.UtcNow < end) && !token.IsCancellationRequested);
        }
    }
}
