using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// The connections to one node: some for small requests, others for large ones, since one stream of bytes delivers in its order and a
/// megabyte in it delays what comes after. Each is replaced when it ends.
/// </summary>
internal sealed class NodePool : IAsyncDisposable
{
    private const int MostKeptTogether = 128;

    private readonly CancellationTokenSource _stopped = new();
    private readonly Node _node;
    private readonly ClusterOptions _options;
    private readonly int _keptTogether;
    private readonly ConnectionSlot[] _metadata;
    private readonly ConnectionSlot[] _blob;
    private readonly Task _running;
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CqlException? _failure;
    private int _open;
    private long _sentBefore;
    private long _receivedBefore;

    public NodePool(Node node, ConnectionFactory factory, ClusterOptions options)
    {
        (_node, _options) = (node, options);
        _keptTogether = Math.Min(MostKeptTogether, options.Connection.MaxInFlight);
        Budget = new ByteBudget(options.MaxBytesInFlight, options.Time);
        _metadata = Slots(options.MetadataConnections, factory);
        _blob = Slots(options.BlobConnections, factory);
        Metrics = new NodeMetrics(node.Address.ToString(), _ => Traffic);
        _running = Task.WhenAll(_metadata.Concat(_blob).Select(slot => slot.RunAsync(_stopped.Token)));
    }

    public ByteBudget Budget { get; }

    public NodeMetrics Metrics { get; }

    public bool IsUp => Volatile.Read(ref _open) > 0;

    /// <summary>Why the last connection ended, or could not be made.</summary>
    public CqlException? Failure => Volatile.Read(ref _failure);

    /// <summary>Ends once every connection has been tried for the first time.</summary>
    public Task FirstAttempts => Task.WhenAll(_metadata.Concat(_blob).Select(slot => slot.FirstAttempt));

    /// <summary>Ends when the next connection is open; look for one only after having taken this.</summary>
    public Task NextOpened => Volatile.Read(ref _opened).Task;

    public NodeTraffic Traffic
    {
        get
        {
            var (connections, inFlight, sent, received) = (0, 0, Interlocked.Read(ref _sentBefore), Interlocked.Read(ref _receivedBefore));
            foreach (var slot in _metadata.Concat(_blob))
            {
                if (slot.Current is { } connection)
                {
                    connections++;
                    inFlight += connection.InFlight;
                    sent += connection.BytesSent;
                    received += connection.BytesReceived;
                }
            }
            return new(connections, inFlight, sent, received);
        }
    }

    /// <summary>
    /// A connection of the kind; one of the other kind while there is none; null while there is none at all. Of blobs' that with the least
    /// under way; of the others the first that has room.
    /// </summary>
    public Connection? Pick(Traffic traffic) => traffic == Statements.Traffic.Blob
        ? LeastBusy(_blob) ?? FirstWithRoom(_metadata)
        : FirstWithRoom(_metadata) ?? LeastBusy(_blob);

    /// <summary>Tries at once to connect where there is no connection.</summary>
    public void Wake()
    {
        foreach (var slot in _metadata.Concat(_blob))
        {
            slot.Wake();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Metrics.Dispose();
        await _stopped.CancelAsync();
        await _running;
        _stopped.Dispose();
    }

    internal void OnOpened()
    {
        Interlocked.Exchange(ref _opened, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (Interlocked.Increment(ref _open) == 1)
        {
            Log.NodeUp(_options.Logger, _node.Address);
        }
    }

    internal void OnClosed(Connection connection, CqlException reason)
    {
        Interlocked.Add(ref _sentBefore, connection.BytesSent);
        Interlocked.Add(ref _receivedBefore, connection.BytesReceived);
        Volatile.Write(ref _failure, reason);
        if (Interlocked.Decrement(ref _open) == 0 && !_stopped.IsCancellationRequested)
        {
            Log.NodeDown(_options.Logger, _node.Address, reason.Message);
        }
    }

    internal void OnFailed(CqlException reason)
    {
        // The first reason is told of; that it is still so is Debug.
        if (Interlocked.Exchange(ref _failure, reason) is null && !IsUp && !_stopped.IsCancellationRequested)
        {
            Log.NodeDown(_options.Logger, _node.Address, reason.Message);
        }
    }

    private ConnectionSlot[] Slots(int count, ConnectionFactory factory) =>
        [.. Enumerable.Range(0, count).Select(_ => new ConnectionSlot(_node, this, factory, _options))];

    /// <summary>
    /// Small requests keep together, so that more of them and of their answers share a system call and a wake-up; only when many are under
    /// way are they spread over all connections.
    /// </summary>
    private Connection? FirstWithRoom(ConnectionSlot[] slots)
    {
        foreach (var slot in slots)
        {
            if (slot.Current is { IsOpen: true } connection && connection.InFlight < _keptTogether)
            {
                return connection;
            }
        }
        return LeastBusy(slots);
    }

    private static Connection? LeastBusy(ConnectionSlot[] slots)
    {
        Connection? least = null;
        foreach (var slot in slots)
        {
            if (slot.Current is { IsOpen: true } connection && (least is null || connection.InFlight < least.InFlight))
            {
                least = connection;
            }
        }
        return least;
    }
}
