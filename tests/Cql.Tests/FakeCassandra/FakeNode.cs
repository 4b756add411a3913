using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>
/// One node of a <see cref="FakeCluster"/>, on a free port of 127.0.0.1: it shakes hands, knows its cluster and the statements that it was
/// told of, and does with everything else what the test's script says.
/// </summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentDictionary<FakeConnection, Task> _connections = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _accepting;
    private int _accepted;
    private bool _isDown;

    public FakeNode(FakeCluster cluster, int number, string datacenter, string rack, long[] tokens)
    {
        (Cluster, Number, Datacenter, Rack, Tokens) = (cluster, number, datacenter, rack, tokens);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    public FakeCluster Cluster { get; }

    public int Number { get; }

    public Guid HostId => new(Number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public string Datacenter { get; }

    public string Rack { get; }

    public long[] Tokens { get; set; }

    public IPEndPoint Address { get; }

    /// <summary>The test's script: what is done about a request; null leaves it to what the node does by itself.</summary>
    public Func<FakeRequest, FakeReply?>? Script { get; set; }

    /// <summary>Every QUERY, PREPARE, EXECUTE and BATCH that reached this node, those of the client's own on the system tables left out.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>Ids of the statements that it knows.</summary>
    public ConcurrentDictionary<string, FakeStatement> Known { get; } = new();

    /// <summary>Connections that are open.</summary>
    public int Connections => _connections.Count;

    /// <summary>Connections that ever came.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public int RequestsOf(string cql) => Requests.Count(request => request.Opcode != Opcode.Prepare && request.Cql == cql);

    public int PreparesOf(string cql) => Requests.Count(request => request.Opcode == Opcode.Prepare && request.Cql == cql);

    /// <summary>Closes every connection; new ones are taken.</summary>
    public void CloseConnections()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Sends an event to the connections that have registered for events.</summary>
    public async Task SendEventAsync(EventResponse message)
    {
        foreach (var connection in _connections.Keys.Where(connection => connection.IsRegistered))
        {
            await connection.SendAsync(message, streamId: -1, default);
        }
    }

    /// <summary>The node goes down: its connections end and nobody listens any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDown)
        {
            return;
        }
        _isDown = true;
        await _stopped.CancelAsync();
        _listener.Dispose();
        CloseConnections();
        await _accepting;

        // One may have been accepted meanwhile.
        CloseConnections();
        await Task.WhenAll(_connections.Values);
        _stopped.Dispose();
    }

    internal void Ended(FakeConnection connection) => _connections.TryRemove(connection, out _);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stopped.Token);
                var connection = new FakeConnection(this, socket);
                Interlocked.Increment(ref _accepted);
                _connections[connection] = Task.CompletedTask;
                var running = connection.RunAsync();
                _connections.TryUpdate(connection, running, Task.CompletedTask);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Down.
        }
    }
}
