namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>The simulation's time as a server sees it, whose wall clock may be wrong.</summary>
internal sealed class SimulatedClock(Simulation simulation, SimulatedServer server, TimeSpan skew) : TimeProvider
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Begin + simulation.Elapsed + skew;

    public override long GetTimestamp() => simulation.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(simulation, server, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
