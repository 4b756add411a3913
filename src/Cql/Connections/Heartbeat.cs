using S3Cassandra.Cql.Protocol.Requests;

namespace S3Cassandra.Cql.Connections;

/// <summary>Asks a silent node for OPTIONS, and ends the connection when not even that is answered or when a write goes nowhere.</summary>
internal sealed class Heartbeat(Connection connection, ConnectionOptions options)
{
    private int _underWay;
    private long _waitingSince;

    /// <summary>Called on the connection's tick.</summary>
    public void Check()
    {
        var waiting = Waiting();
        if (connection.WriteStalled > options.HeartbeatTimeout)
        {
            connection.Close(new CqlConnectionException($"{connection.Address} took no bytes for {options.HeartbeatTimeout.TotalSeconds:0.#} s.") { Node = connection.Address });
        }
        else if ((connection.SinceReceived > options.HeartbeatInterval || waiting > options.WaitingHeartbeatInterval) && Interlocked.Exchange(ref _underWay, 1) == 0)
        {
            _ = BeatAsync();
        }
    }

    /// <summary>How long requests have been under way without a byte coming in; one that began after a silence does not count that.</summary>
    private TimeSpan Waiting()
    {
        if (connection.InFlight == 0)
        {
            _waitingSince = 0;
            return TimeSpan.Zero;
        }
        if (_waitingSince == 0)
        {
            _waitingSince = options.TimeProvider.GetTimestamp();
        }
        var waited = options.TimeProvider.GetElapsedTime(_waitingSince);
        return waited < connection.SinceReceived ? waited : connection.SinceReceived;
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
