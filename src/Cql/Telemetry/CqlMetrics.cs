using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace S3Cassandra.Cql.Telemetry;

/// <summary>The meter <c>S3Cassandra.Cql</c>. All but the latency is observed when it is collected; nothing is recorded when nobody listens.</summary>
internal static class CqlMetrics
{
    public const string MeterName = "S3Cassandra.Cql";

    private static readonly ConcurrentDictionary<NodeMetrics, bool> Nodes = new();
    private static readonly Meter Meter = Create();

    /// <summary>From the call to its end, every attempt included.</summary>
    public static Histogram<double> Duration { get; } = Meter.CreateHistogram<double>("cql.client.request.duration", "s", "Duration of statements, retries included");

    public static void Add(NodeMetrics node) => Nodes.TryAdd(node, true);

    public static void Remove(NodeMetrics node) => Nodes.TryRemove(node, out _);

    private static Meter Create()
    {
        var meter = new Meter(MeterName);
        meter.CreateObservableCounter("cql.client.requests", () => Each(node => node.Requests), "{request}", "Requests sent to a node");
        meter.CreateObservableCounter("cql.client.retries", () => Each(node => node.Retries), "{request}", "Requests sent again after a failure on this node");
        meter.CreateObservableCounter("cql.client.timeouts", () => Each(node => node.Timeouts), "{request}", "Requests that this node did not answer in time");
        meter.CreateObservableCounter("cql.client.bytes.sent", () => Each(node => node.Traffic.BytesSent), "By", "Bytes sent to a node");
        meter.CreateObservableCounter("cql.client.bytes.received", () => Each(node => node.Traffic.BytesReceived), "By", "Bytes received from a node");
        meter.CreateObservableUpDownCounter("cql.client.in_flight", () => Each(node => (long)node.Traffic.InFlight), "{request}", "Requests under way");
        meter.CreateObservableUpDownCounter("cql.client.connections", () => Each(node => (long)node.Traffic.Connections), "{connection}", "Open connections");
        return meter;
    }

    private static List<Measurement<long>> Each(Func<NodeMetrics, long> value) => [.. Nodes.Keys.Select(node => new Measurement<long>(value(node), node.Tag))];
}
