using System.Net;
using System.Threading.Channels;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// The one connection that hears of changes and reads the system tables. When it ends it goes to another node; whatever it hears, it reads
/// everything anew a moment later, once for many events.
/// </summary>
internal sealed class ControlConnection(NodeRegistry registry, ConnectionFactory factory, ClusterOptions options) : IAsyncDisposable
{
    private static readonly string[] Events = [EventResponse.TopologyChange, EventResponse.StatusChange, EventResponse.SchemaChange];

    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopped = new();
    private readonly ReconnectionDelays _delays = new(Random.Shared);
    private Connection? _connection;
    private Task _running = Task.CompletedTask;

    /// <summary>The connection, while there is one.</summary>
    public Connection? Current => Volatile.Read(ref _connection);

    /// <summary>From the first success on no failure ends it: it is tried again, whatever it was.</summary>
    private bool IsRunning => _running != Task.CompletedTask;

    /// <summary>Finds a node that answers, reads the cluster, and keeps at it from then on.</summary>
    /// <exception cref="CqlAuthenticationException">A node refuses the user; the others would too.</exception>
    /// <exception cref="NoNodeAvailableException">No contact point answers; each with its reason.</exception>
    public async ValueTask StartAsync(CancellationToken token)
    {
        var reasons = new List<KeyValuePair<EndPoint, Exception>>();
        foreach (var point in options.ContactPoints)
        {
            if (await ConnectToAsync(await AddressesAsync(point, reasons, token), reasons, token))
            {
                _running = RunAsync(_stopped.Token);
                return;
            }
        }
        var details = string.Join(" ", reasons.Select(reason => reason.Value.Message));
        throw new NoNodeAvailableException($"None of the contact points {string.Join(", ", options.ContactPoints.Select(point => point.Host))} can be used. {details}", reasons);
    }

    /// <summary>Has the cluster read again, soon.</summary>
    public void RequestRefresh() => _signals.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _running;
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
        _stopped.Dispose();
    }

    private async ValueTask<IReadOnlyList<IPEndPoint>> AddressesAsync(ContactPoint point, List<KeyValuePair<EndPoint, Exception>> reasons, CancellationToken token)
    {
        try
        {
            var addresses = await point.ResolveAsync(token);
            foreach (var address in addresses)
            {
                factory.SetName(address, point.CertificateName);
            }
            return addresses;
        }
        catch (CqlConnectionException e)
        {
            reasons.Add(new(e.Node!, e));
            return [];
        }
    }

    private async ValueTask<bool> ConnectToAsync(IEnumerable<IPEndPoint> addresses, List<KeyValuePair<EndPoint, Exception>> reasons, CancellationToken token)
    {
        foreach (var address in addresses)
        {
            try
            {
                await ConnectAsync(address, token);
                return true;
            }
            catch (Exception e) when (IsRunning ? e is not OperationCanceledException : e is CqlException and not CqlAuthenticationException)
            {
                reasons.Add(new(address, e));
            }
        }
        return false;
    }

    private async ValueTask ConnectAsync(IPEndPoint address, CancellationToken token)
    {
        var connection = await factory.OpenAsync(address, _ => RequestRefresh(), token);
        try
        {
            // Registered before reading: what changes in between is heard of.
            var answer = await connection.SendAsync(new RegisterRequest(Events), options.QueryTimeout, token);
            answer.Body.Release();
            if (answer.Opcode != Opcode.Ready)
            {
                throw new CqlProtocolException($"{address} answered REGISTER with {answer.Opcode}.") { Node = address };
            }
            registry.Apply(await new ClusterReader(connection, options).ReadAsync(token));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        Volatile.Write(ref _connection, connection);
        Log.ControlConnected(options.Logger, address);
        _ = SignalWhenClosedAsync(connection);
    }

    private async Task SignalWhenClosedAsync(Connection connection)
    {
        var reason = await connection.Closed;
        if (!_stopped.IsCancellationRequested)
        {
            Log.ControlLost(options.Logger, connection.Address, reason.Message);
            RequestRefresh();
        }
    }

    private async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await _signals.Reader.ReadAsync(token);
                if (Current is not { IsOpen: true })
                {
                    await ReconnectAsync(token);
                    continue;
                }
                await Task.Delay(options.EventDelay, options.Time, token);
                _signals.Reader.TryRead(out _);
                await RefreshAsync(Current!, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The session ends.
        }
    }

    private async ValueTask RefreshAsync(Connection connection, CancellationToken token)
    {
        try
        {
            registry.Apply(await new ClusterReader(connection, options).ReadAsync(token));
            registry.WakeAll();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A node that cannot say what it knows is no use here; its end brings the next.
            connection.Close(e);
            RequestRefresh();
        }
    }

    private async ValueTask ReconnectAsync(CancellationToken token)
    {
        var last = _connection;
        Volatile.Write(ref _connection, null);
        if (last is not null)
        {
            await last.DisposeAsync();
        }
        for (var failures = 0; ; failures++)
        {
            var reasons = new List<KeyValuePair<EndPoint, Exception>>();
            if (await ConnectToAsync(Candidates(last?.Address), reasons, token))
            {
                registry.WakeAll();
                return;
            }
            foreach (var point in options.ContactPoints)
            {
                if (await ConnectToAsync(await AddressesAsync(point, reasons, token), reasons, token))
                {
                    registry.WakeAll();
                    return;
                }
            }
            var delay = _delays.After(failures);
            Log.ControlFailed(options.Logger, string.Join(" ", reasons.Select(reason => reason.Value.Message).Distinct(StringComparer.Ordinal)), delay);
            await Task.Delay(delay, options.Time, token);
        }
    }

    /// <summary>Nodes that are up first, local ones before others; the one that was just lost last.</summary>
    private List<IPEndPoint> Candidates(IPEndPoint? lost)
    {
        var topology = registry.Current;
        return
        [
            .. topology.Local.Concat(topology.Remote)
                .OrderBy(node => node.Address.Equals(lost))
                .ThenBy(node => node.Pool is not { IsUp: true })
                .Select(node => node.Address),
        ];
    }
}
