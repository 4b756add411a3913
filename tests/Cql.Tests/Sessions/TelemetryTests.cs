using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;
using S3Cassandra.Cql.Tests.FakeCassandra;

namespace S3Cassandra.Cql.Tests.Sessions;

public class TelemetryTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_is_there_by_node()
    {
        await using var cluster = new FakeCluster();
        var node = cluster.Add();
        await using var session = await cluster.ConnectAsync();
        var figures = new ConcurrentDictionary<string, long>();
        var durations = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == CqlMetrics.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("node", node.Address.ToString())))
            {
                figures[instrument.Name] = value;
            }
        });
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref durations));
        listener.Start();
        (await session.ExecuteAsync(new SimpleStatement("SELECT v FROM ks.t"), Token)).Dispose();
        listener.RecordObservableInstruments();

        Assert.Equal(1, figures["cql.client.requests"]);
        Assert.Equal(0, figures["cql.client.retries"]);
        Assert.Equal(0, figures["cql.client.timeouts"]);
        Assert.Equal(0, figures["cql.client.in_flight"]);
        Assert.Equal(4, figures["cql.client.connections"]);
        Assert.True(figures["cql.client.bytes.sent"] > 0);
        Assert.True(figures["cql.client.bytes.received"] > 0);
        Assert.True(durations > 0);
    }

    [Fact]
    public async Task An_activity_has_the_statement_its_node_and_its_failure_and_no_value()
    {
        await using var cluster = new FakeCluster();
        var node = cluster.Add();
        cluster.Statements.Add(TestStatements.Insert);
        node.Script = request => request.Opcode == Opcode.Execute ? FakeReply.Error(CqlErrorCode.Invalid) : null;
        await using var session = await cluster.ConnectAsync();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CqlActivities.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var insert = await session.PrepareAsync(TestStatements.Insert.Cql, Token);
        using var bound = insert.Bind().Int(987654321).Int(5);
        await Assert.ThrowsAsync<CqlServerException>(async () => await session.ExecuteAsync(bound, Token));

        var activity = Assert.Single(ended, activity => node.Address.ToString().Equals(activity.GetTagItem("server.address")));
        Assert.Equal(TestStatements.Insert.Cql, activity.GetTagItem("db.query.text"));
        Assert.Equal("Invalid", activity.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.DoesNotContain(activity.TagObjects, tag => tag.Value?.ToString()?.Contains("987654321", StringComparison.Ordinal) == true);
    }
}
