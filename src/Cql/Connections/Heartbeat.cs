using S3Cassandra.Cql.Protocol.Requests;

namespace S3Cassandra.Cql.Connections;

/// <summary>Asks a silent node for OPTIONS, and ends the connection when not even that is answered or when a write goes nowhere.</summary>
internal sealed class Heartbeat(Connection connection, ConnectionOptions options)
{
    private int _underWay;

    /// <summary>Called on the connection's tick.</summary>
    public void Check()
    {
        if (connection.WriteStalled > options.HeartbeatTimeout)
        {
            connection.Close(new CqlConnectionException($"{connection.Address} took no bytes for {options.HeartbeatTimeout.TotalSeconds:0.#} s.") { Node = connection.Address });
        }
        else if (connection.SinceReceived > options.HeartbeatInterval && Interlocked.Exchange(ref _underWay, 1) == 0)
        {
            _ = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            var response = await connection.SendAsync(new OptionsRequest(), options.HeartbeatTimeout, CancellationToken.None);
            response.Body.Release();
        }
        catch (CqlTimeoutException e)
        {
            connection.Close(new CqlConnectionException($"{connection.Address} answered no heartbeat within {options.HeartbeatTimeout.TotalSeconds:0.#} s.", e) { Node = connection.Address });
        }
        catch (CqlException)
        {
            // The connection ended otherwise, or is so busy that it needs no heartbeat.
        }
        finally
        {
            Volatile.Write(ref _underWay, 0);
        }
    }
}
