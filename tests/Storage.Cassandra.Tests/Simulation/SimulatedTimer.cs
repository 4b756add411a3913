namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>A timer of a simulated server: its callback runs there once the simulation's time has come.</summary>
internal sealed class SimulatedTimer(Simulation simulation, SimulatedServer server, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;
    private int _version;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Schedule(dueTime);
        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Schedule(TimeSpan due)
    {
        var version = ++_version;
        if (due == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        simulation.At(simulation.Elapsed + due, server, () =>
        {
            if (version == _version)
            {
                server.Post(Fire, version);
            }
        });
    }

    private void Fire(object? version)
    {
        if ((int)version! != _version)
        {
            return;
        }

        if (_period > TimeSpan.Zero)
        {
            Schedule(_period);
        }

        callback(state);
    }
}
