using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>The verb <c>status</c>: nodes and their state, servers, shards, garbage; and which of them want to be looked at.</summary>
[Collection(ClusterCollection.Name)]
public sealed class StatusTests(ProxiedNodes nodes)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_nodes_servers_shards_and_garbage_and_complains_of_a_node_that_is_down()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAloneAsync(cluster, 2, Token);
        for (var turn = 0; turn < 2; turn++)
        {
            var put = await store.Patient(turn).PutAsync(store.Bucket, "replaced", new byte[900_000], Token);
            Assert.True(put.IsSuccess, put.Text);
        }

        var well = await UntilAsync(store, result => store.Servers.All(server => result.Output.Contains(server.Endpoint.Url, StringComparison.Ordinal)) && Up(result) == 3);
        Assert.Contains("nodes    3", well.Output, StringComparison.Ordinal);
        Assert.Contains("servers  2", well.Output, StringComparison.Ordinal);
        Assert.Contains("buckets  1 in 1 shards; 0 shards being replaced", well.Output, StringComparison.Ordinal);
        if (store.Patient(0).HasRepeated || store.Patient(1).HasRepeated)
        {
            Assert.Matches(@"garbage  \d+ suspects: [2-9] written, [1-9] released", well.Output);
        }
        else
        {
            Assert.Contains("2 written, 1 released", well.Output, StringComparison.Ordinal);
        }

        await cluster.Nodes[2].KillAsync(Token);
        try
        {
            var down = await UntilAsync(store, result => result.Output.Contains("! node ", StringComparison.Ordinal));
            Assert.Equal(1, down.ExitCode);
            Assert.Contains($"! node {cluster.Nodes[2].ProxyEndPoint} is down", down.Output, StringComparison.Ordinal);
        }
        finally
        {
            await cluster.Nodes[2].StartAsync(Token);
        }
    }

    private static int Up(CommandResult status) => status.Output.Split('\n').Count(line => line.EndsWith("  up", StringComparison.Ordinal));

    /// <summary>Servers say that they run in the background, and nodes are seen to be up, or down, after a while.</summary>
    private static Task<CommandResult> UntilAsync(ServedStore store, Predicate<CommandResult> holds) =>
        Eventually.GetAsync("status", () => ServerProcess.RunAsync(["status", .. store.Arguments], Token), holds, Token);
}
