using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace S3Cassandra.Support.Faults;

/// <summary>
/// Stands between a client and one node, on a port of its own, and does to protocol v4's frames what rules say: cut, hold, forge, repeat.
/// Each connection of a client has one of its own to the node, which stays until the node has answered all that was passed on, however the
/// client's ended. Other versions and TLS do not pass.
/// </summary>
public sealed class CqlFaultProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<CqlFaultConnection, Task> _connections = new();
    private readonly ConcurrentDictionary<string, string> _prepared = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _ruleLock = new();
    private readonly Task _accepting;
    private CqlFaultRule[] _rules = [];
    private volatile bool _refusesConnections;

    private CqlFaultProxy(IPEndPoint node, IPEndPoint at)
    {
        Node = node;
        _listener.Bind(at);
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client connects to.</summary>
    public IPEndPoint EndPoint { get; }

    public IPEndPoint Node { get; }

    /// <summary>Whether new connections are closed as soon as they are made.</summary>
    public bool RefusesConnections
    {
        get => _refusesConnections;
        set => _refusesConnections = value;
    }

    /// <summary>Connections that were made by clients so far.</summary>
    public int Accepted { get; private set; }

    /// <summary>Connections of clients that are open now.</summary>
    public int Open => _connections.Keys.Count(connection => connection.IsOpen);

    public static CqlFaultProxy Start(IPEndPoint node) => Start(node, new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>At an address of its own: the one that the node tells clients in place of its own.</summary>
    public static CqlFaultProxy Start(IPEndPoint node, IPEndPoint at) => new(node, at);

    /// <summary>Adds a rule before those that are there.</summary>
    public void Add(CqlFaultRule rule)
    {
        lock (_ruleLock)
        {
            _rules = [rule, .. _rules];
        }
    }

    public void RemoveRules()
    {
        lock (_ruleLock)
        {
            _rules = [];
        }
    }

    /// <summary>Ends all connections of clients with a reset.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    /// <summary>
    /// Completes when the node has answered every request that came by now, those too that are held or whose client is gone, and what is held
    /// now has been passed on. From then on nothing of it gets in the way of what is asked.
    /// </summary>
    public Task WhenDoneAsync() => Task.WhenAll(_connections.Keys.Select(connection => connection.WhenDoneAsync()));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _end.Dispose();
    }

    /// <summary>What the rules say to a request.</summary>
    internal CqlFault? FaultOf(CqlFrame request)
    {
        foreach (var rule in Volatile.Read(ref _rules))
        {
            if (rule(request) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Remembers what a statement was prepared as.</summary>
    internal void Remember(string id, string cql) => _prepared[id] = cql;

    /// <summary>The text of a prepared statement; empty when it was prepared elsewhere.</summary>
    internal string Recall(string id) => _prepared.GetValueOrDefault(id, "");

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_end.Token);
                Accepted++;
                if (RefusesConnections)
                {
                    client.Dispose();
                    continue;
                }

                var connection = new CqlFaultConnection(this, client);
                Run(connection);
                if (RefusesConnections)
                {
                    // From this moment on, and CutAll did not see this one yet.
                    connection.Cut();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The proxy ends.
        }
    }

    private void Run(CqlFaultConnection connection)
    {
        var begin = new TaskCompletionSource();
        _connections[connection] = RunAsync(connection, begin.Task);
        begin.SetResult();
    }

    private async Task RunAsync(CqlFaultConnection connection, Task begin)
    {
        await begin;
        await connection.RunAsync(_end.Token);
        _connections.TryRemove(connection, out _);
    }
}
