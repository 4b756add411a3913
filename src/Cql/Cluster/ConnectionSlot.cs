using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>One place for a connection to a node: made, watched, and made again when it has ended.</summary>
internal sealed class ConnectionSlot(Node node, NodePool pool, ConnectionFactory factory, ClusterOptions options)
{
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReconnectionDelays _delays = new(Random.Shared);
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Connection? _connection;

    /// <summary>The connection, while there is one that can be used.</summary>
    public Connection? Current => Volatile.Read(ref _connection);

    /// <summary>Ends once the first attempt has, well or not.</summary>
    public Task FirstAttempt => _firstAttempt.Task;

    /// <summary>Does not wait for the next attempt any longer.</summary>
    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Keeps a connection there until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        var failures = 0;
        while (!token.IsCancellationRequested)
        {
            var failure = await HoldAsync(token);
            failures = failure.WasOpen ? 0 : failures + 1;
            if (token.IsCancellationRequested)
            {
                return;
            }
            var delay = _delays.After(failures);
            Log.ConnectionFailed(options.Logger, failure.Reason.Message, node.Address, delay);
            await PauseAsync(delay, token);
        }
    }

    /// <summary>Opens a connection and returns when it has ended, or could not be opened, with the reason.</summary>
    private async Task<(bool WasOpen, CqlException Reason)> HoldAsync(CancellationToken token)
    {
        Connection connection;
        try
        {
            connection = await factory.OpenForStatementsAsync(node.Address, token);
        }
        catch (Exception e)
        {
            var reason = e as CqlException ?? new CqlConnectionException($"No connection to {node.Address}: {e.Message}", e) { Node = node.Address };
            pool.OnFailed(reason);
            _firstAttempt.TrySetResult();
            return (false, reason);
        }
        await using (connection)
        {
            Volatile.Write(ref _connection, connection);
            pool.OnOpened();
            _firstAttempt.TrySetResult();
            Exception ended;
            try
            {
                ended = await connection.Closed.WaitAsync(token);
            }
            catch (OperationCanceledException e)
            {
                ended = e;
            }
            Volatile.Write(ref _connection, null);
            var reason = ended as CqlException ?? new CqlConnectionException($"The connection to {node.Address} ended: {ended.Message}", ended) { Node = node.Address };
            pool.OnClosed(connection, reason);
            return (true, reason);
        }
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken token)
    {
        try
        {
            await Volatile.Read(ref _wake).Task.WaitAsync(delay, options.Time, token);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Over, one way or the other.
        }
        Volatile.Write(ref _wake, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
