namespace S3Cassandra.Cql.Telemetry;

/// <summary>One node's figures: counted on the way by one interlocked addition each, read when somebody asks.</summary>
internal sealed class NodeMetrics : IDisposable
{
    private readonly Func<NodeMetrics, NodeTraffic> _traffic;
    private long _requests;
    private long _retries;
    private long _timeouts;

    /// <param name="node">The node's address, the tag of every figure.</param>
    /// <param name="traffic">What its connections say of themselves.</param>
    public NodeMetrics(string node, Func<NodeMetrics, NodeTraffic> traffic)
    {
        Tag = new("node", node);
        _traffic = traffic;
        CqlMetrics.Add(this);
    }

    public KeyValuePair<string, object?> Tag { get; }

    public long Requests => Interlocked.Read(ref _requests);

    public long Retries => Interlocked.Read(ref _retries);

    public long Timeouts => Interlocked.Read(ref _timeouts);

    public NodeTraffic Traffic => _traffic(this);

    public void CountRequest() => Interlocked.Increment(ref _requests);

    public void CountRetry() => Interlocked.Increment(ref _retries);

    public void CountTimeout() => Interlocked.Increment(ref _timeouts);

    public void Dispose() => CqlMetrics.Remove(this);
}
