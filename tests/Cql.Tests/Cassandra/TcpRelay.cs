using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>Makes a node answer on 127.0.0.1 too, where it has the name localhost: bytes pass as they are.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly IPEndPoint _node;
    private readonly Task _accepting;

    private TcpRelay(IPEndPoint node)
    {
        _node = node;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public static TcpRelay Start(IPEndPoint node) => new(node);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken token)
    {
        await from.CopyToAsync(to, token);
        to.Socket.Shutdown(SocketShutdown.Send);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(RelayAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The relay ends.
        }
    }

    private async Task RelayAsync(Socket accepted)
    {
        await using var client = new NetworkStream(accepted, ownsSocket: true);
        var socket = new Socket(_node.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_node, _end.Token);
            await using var node = new NetworkStream(socket, ownsSocket: true);
            await Task.WhenAll(CopyAsync(client, node, _end.Token), CopyAsync(node, client, _end.Token));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // One end is gone, or the relay ends.
        }
    }
}
