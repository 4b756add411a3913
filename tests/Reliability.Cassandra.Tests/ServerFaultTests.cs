using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Of two servers one is killed at a crash point, or stands still for a minute and goes on with what it knew (F1, F2, F22): the other serves
/// on, nothing acknowledged is lost and nothing stale is committed or freed.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class ServerFaultTests(ProxiedNodes nodes, ITestOutputHelper output)
{
    /// <summary>Tried in every run; the others in the long one, which takes half a minute for each.</summary>
    private static readonly HashSet<string> Always = ["index-after-commit", "complete-after-commit", "replace-after-freeze"];

    /// <summary>Those of the sweeper come when something is garbage, and has been looked at before; all of them late on a machine under load.</summary>
    private static readonly TimeSpan Reaching = TimeSpan.FromMinutes(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every crash point in the sources of what runs on Cassandra.</summary>
    public static TheoryData<string> CrashPoints =>
        [.. CrashPointSources.Without("Embedded")
            .SelectMany(CrashPointSources.NamesIn)
            .Distinct()
            .Where(name => RunLength.IsLong || Always.Contains(name))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(CrashPoints))]
    public async Task A_server_is_killed_at_a_crash_point(string crashPoint)
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAloneAsync(cluster, 0, Token);

        // So that what the load leaves is swept while it runs; the first server alone takes the sweepers' slots, and keeps them for a while.
        store.ServerArguments = ["--garbage-grace", "2"];
        await store.AddServerAsync(Token, ManyPartsUpload.LeadsTo(crashPoint) ? crashPoint : $"{crashPoint}:3");
        await store.AddServerAsync(Token);
        await store.Patient(1).CreateBucketAsync(store.Bucket, Token);
        var manyParts = ManyPartsUpload.LeadsTo(crashPoint) ? await ManyPartsUpload.PrepareAsync(store.Patient(1), store.Bucket, Token) : null;
        output.WriteLine(await ClusterLoad.RunAsync(store, RunLength.Seed, DisturbAsync, Token));
        for (var server = 0; manyParts is not null && server < store.Servers.Count; server++)
        {
            await manyParts.VerifyAsync(store.Patient(server), Token);
            await store.CheckAsync(Token);
        }

        async Task DisturbAsync(CancellationToken token)
        {
            var dead = store.Servers[0].WaitForExitAsync(Token);
            var completed = manyParts is null;
            while (!completed && !dead.IsCompleted && !token.IsCancellationRequested)
            {
                completed = await Refusals.AcceptedAsync(() => manyParts!.CompleteAsync(store.Client(0), token), token) is not null;
            }

            Assert.True(await Task.WhenAny(dead, Task.Delay(Reaching, token)) == dead, $"The load never reaches {crashPoint}.");
            await Task.Delay(TimeSpan.FromSeconds(1), token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await store.RestartAsync(0, Token);
            await Task.Delay(TimeSpan.FromSeconds(2), token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [Fact]
    public async Task A_server_stands_still_and_goes_on()
    {
        var cluster = await nodes.StartAsync(3, Token);
        await using var store = await ServedStore.StartAsync(cluster, 2, Token);
        output.WriteLine(await ClusterLoad.RunAsync(store, RunLength.Seed, DisturbAsync, Token));

        async Task DisturbAsync(CancellationToken token)
        {
            var end = DateTime.UtcNow + RunLength.Load;
            for (var round = 0; round == 0 || (RunLength.IsLong && DateTime.UtcNow < end && !token.IsCancellationRequested); round++)
            {
                var server = store.Servers[round % store.Servers.Count];
                await Task.Delay(TimeSpan.FromSeconds(2), token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                server.Pause();
                try
                {
                    await Task.Delay(RunLength.IsLong ? TimeSpan.FromSeconds(60) : RunLength.Load, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                finally
                {
                    server.Resume();
                }

                await Task.Delay(TimeSpan.FromSeconds(3), token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
