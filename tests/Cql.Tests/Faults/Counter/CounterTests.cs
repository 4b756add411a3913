using System.Globalization;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Tests.Cassandra;
using S3Cassandra.Support.Cassandra;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>
/// Many writers increment one counter by compare-and-set, while connections are cut and statements arrive up to 20 s late. What a writer
/// does not know it settles; at the end the counter is what they counted.
/// </summary>
[Collection(CassandraCollection.Name)]
public class CounterTests(SharedCassandra cassandra)
{
    private const int Writers = 64;
    private const int Repeats = 6;
    private const string Seconds = "S3CASSANDRA_COUNTER_SECONDS";

    private static readonly TimeSpan NaiveDuration = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Increments_settled_by_an_entry_of_the_writer_s_own_add_up()
    {
        var run = await RunAsync(new EntrySettlement(), Duration());
        Assert.True(run.Unknown > 0, "No outcome was unknown: the proxy did nothing.");
        Assert.True(run.Late > 0, "No statement arrived late.");
        Assert.True(run.Counter == run.Counted, $"The counter is {run.Counter}, and the writers counted {run.Counted}: {run}");
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
    }

    /// <summary>The same run, and what holds above is held by the settlement, not by luck. How much is late at the wrong moment is chance: hence the repeats.</summary>
    [Fact]
    public async Task Increments_settled_by_a_serial_read_do_not_add_up()
    {
        var runs = new List<CounterRun>();
        do
        {
            Assert.True(runs.Count < Repeats, $"Settled by a serial read the counter is right all the same: {string.Join("; ", runs)}");
            runs.Add(await RunAsync(new SerialReadSettlement(), NaiveDuration));
        }
        while (runs[^1].Counter == runs[^1].Counted);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", runs));
        Assert.True(runs[^1].Counter > runs[^1].Counted, $"{runs[^1]}");
    }

    /// <summary>What goes wrong there, with one increment.</summary>
    [Fact]
    public async Task An_increment_settled_by_a_serial_read_is_applied_after_all()
    {
        await using var cluster = await ProxiedCluster.StartAsync(await cassandra.SingleAsync(), null, Token);
        var table = await CreateAsync(cluster);
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = cluster.FaultAsync(
            request => request.IsConditional && request.Opcode == CqlOpcode.Execute, CqlFault.CutAndHold(gate.Task) with { Answered = arrived });
        var writer = Guid.NewGuid();
        var seen = await table.ReadAsync(writer, Consistency.LocalSerial, Token);
        Assert.Equal(Outcome.Unknown, await table.IncrementAsync(writer, 1, seen, Token));
        Assert.False(await new SerialReadSettlement().IsAppliedAsync(table, writer, 1, seen, Token));

        // Reads meanwhile would take the round from it.
        gate.SetResult();
        await arrived.Task.WaitAsync(Token);
        Assert.Equal(1, await table.ValueAsync(Token));
    }

    private static async Task<CounterTable> CreateAsync(ProxiedCluster cluster)
    {
        await cluster.Session.RunAsync(
            "CREATE TABLE counter (id int, writer uuid, value bigint static, done bigint, PRIMARY KEY (id, writer))", Token);
        await cluster.Session.RunAsync("INSERT INTO counter (id, value) VALUES (1, 0) IF NOT EXISTS", Token);
        return await CounterTable.PrepareAsync(cluster.Session, Token);
    }

    private async Task<CounterRun> RunAsync(ISettlement settlement, TimeSpan duration)
    {
        await using var cluster = await ProxiedCluster.StartAsync(
            await cassandra.SingleAsync(), options => options with { MetadataConnections = 4, RequestTimeout = TimeSpan.FromSeconds(5) }, Token);
        var table = await CreateAsync(cluster);
        var faults = new CounterFaults();
        cluster.Proxies[0].Add(faults.Of);

        using var end = new CancellationTokenSource(duration);
        CounterWriter[] writers = [.. Enumerable.Range(0, Writers).Select(_ => new CounterWriter(table, settlement))];
        await Task.WhenAll(writers.Select(writer => writer.RunAsync(end.Token, Token)));

        // What is late has to have arrived: it must find itself excluded, or have been counted.
        faults.Release();
        await cluster.Proxies[0].WhenDoneAsync();
        cluster.Proxies[0].RemoveRules();
        return new(await table.ValueAsync(Token), writers.Sum(writer => writer.Counted), writers.Sum(writer => writer.Unknown), faults.Late)
        {
            Surprises = [.. writers.SelectMany(writer => writer.Surprises)],
        };
    }

    /// <summary>60 s, and what the environment says instead.</summary>
    private static TimeSpan Duration() =>
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(Seconds) ?? "60", CultureInfo.InvariantCulture));
}
