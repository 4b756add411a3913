using System.Diagnostics;
using System.Net;
using System.Text;
using S3Cassandra.Support;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Without a quorum, or with nodes that say nothing, every request is answered within our own deadline of 5 s, 503 SlowDown with Retry-After,
/// never with what is stale; what was not settled is settled afterwards, and all of it heals by itself (F7).
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class DeadlineTests(ProxiedNodes nodes, ITestOutputHelper output)
{
    /// <summary>
    /// The product's promise is 5 s; the rest is the machine's, which runs three nodes and others' work on few cores. What has no deadline takes
    /// as long as the nodes do: that of what is held here never ends.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_of_three_nodes_are_down()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        await PutAsync(store, 0, "k", "before");
        try
        {
            await Task.WhenAll(cluster.Nodes.Skip(1).Select(node => node.KillAsync(Token)));
            await RefusedAsync(store);
        }
        finally
        {
            await Task.WhenAll(cluster.Nodes.Skip(1).Select(node => node.StartAsync(Token)));
        }

        await HealedAsync(store);
    }

    [Fact]
    public async Task Nodes_answer_nothing_for_a_while()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        await PutAsync(store, 0, "k", "before");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            cluster.Add(request => request.Opcode is CqlOpcode.Batch or CqlOpcode.Execute or CqlOpcode.Query ? CqlFault.Hold(gate.Task) : null);
            await RefusedAsync(store);
        }
        finally
        {
            cluster.RemoveRules();
            gate.SetResult();
        }

        await HealedAsync(store);
    }

    [Fact]
    public async Task A_write_of_unknown_outcome_is_settled_later_and_frees_nothing()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);

        // Large enough to be chunks: they would be lost if the write were taken for one that failed.
        var (before, after) = (new string('b', 1_500_000), new string('a', 1_500_000));
        await PutAsync(store, 0, "k", before);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        S3Response unknown;
        try
        {
            // The commit is executed and nobody hears of it, nor can settle it for now.
            cluster.Add(request => !request.IsConditional || !request.Cql.Contains("object_index", StringComparison.Ordinal) ? null
                : request.Opcode == CqlOpcode.Batch ? CqlFault.DropAnswer
                : CqlFault.Hold(gate.Task));
            unknown = await TimedAsync("PUT", () => store.Client(0).PutAsync(store.Bucket, "k", Encoding.UTF8.GetBytes(after), Token));
        }
        finally
        {
            cluster.RemoveRules();
            gate.SetResult();
        }

        AssertSlowDown(unknown);
        await store.UntilServedAsync(Token);
        var texts = new[] { await GetAsync(store, 0, "k"), await GetAsync(store, 1, "k") };
        Assert.Equal([after, after], texts);
        await PutAsync(store, 1, "k", before);
        Assert.Equal(before, await GetAsync(store, 0, "k"));
        await store.CheckAsync(Token);
    }

    private async Task RefusedAsync(ServedStore store)
    {
        // Twice: what servers know of the bucket and its key is cached for 2 s, and settlements are under way.
        for (var round = 0; round < 2; round++)
        {
            var answers = await Task.WhenAll(new[] { 0, 1 }.Select(store.Client).SelectMany(client => new[]
            {
                TimedAsync("PUT", () => client.PutAsync(store.Bucket, "k", [7], Token)),
                TimedAsync("GET", () => client.GetAsync(store.Bucket, "k", Token)),
                TimedAsync("LIST", () => client.GetAsync(store.Bucket, null, Token, "list-type=2")),
                TimedAsync("PUT of chunks", () => client.PutAsync(store.Bucket, "large", new byte[1_500_000], Token)),
                TimedAsync("DELETE", () => client.DeleteAsync(store.Bucket, "k", Token)),
                TimedAsync("CreateBucket", () => client.PutAsync($"b{Guid.NewGuid():N}", null, [], Token)),
            }));
            Assert.All(answers, AssertSlowDown);
        }
    }

    /// <summary>Every write above was answered as unknown: the key holds what one of them left, the same for both servers, and the store is sound.</summary>
    private async Task HealedAsync(ServedStore store)
    {
        output.WriteLine($"served again within {(await store.UntilServedAsync(Token)).TotalSeconds:F1} s");
        var texts = new[] { await GetAsync(store, 0, "k"), await GetAsync(store, 1, "k") };
        Assert.Equal(texts[0], texts[1]);
        Assert.Contains(texts[0], new[] { "before", "\u0007", null });
        await PutAsync(store, 1, "k", "after");
        Assert.Equal("after", await GetAsync(store, 0, "k"));
        await store.CheckAsync(Token);
    }

    private async Task<S3Response> TimedAsync(string what, Func<Task<S3Response>> ask)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await ask();
        var took = Stopwatch.GetElapsedTime(begun);
        output.WriteLine($"{what}: {(int)answer.Status} after {took.TotalSeconds:F2} s");
        Assert.True(took < Limit, $"{what}: {(int)answer.Status} after {took.TotalSeconds:F2} s");
        return answer;
    }

    private static void AssertSlowDown(S3Response answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("<Code>SlowDown</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Retry-After", answer.Headers.Keys);
    }

    private static async Task PutAsync(ServedStore store, int server, string key, string text)
    {
        var answer = await store.Patient(server).PutAsync(store.Bucket, key, Encoding.UTF8.GetBytes(text), Token);
        Assert.True(answer.IsSuccess, answer.Text);
    }

    private static async Task<string?> GetAsync(ServedStore store, int server, string key)
    {
        var answer = await store.Patient(server).GetAsync(store.Bucket, key, Token);
        Assert.True(answer.IsSuccess || answer.Status == HttpStatusCode.NotFound, answer.Text);
        return answer.IsSuccess ? answer.Text : null;
    }
}
