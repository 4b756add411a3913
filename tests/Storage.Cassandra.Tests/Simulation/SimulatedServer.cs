namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>
/// One life of a server: what it awaits goes on through here, one step at a time when the simulation says so, and never again once it
/// was killed.
/// </summary>
internal sealed class SimulatedServer : SynchronizationContext
{
    private readonly Simulation _simulation;

    public SimulatedServer(Simulation simulation, string name, TimeSpan skew)
    {
        _simulation = simulation;
        Name = name;
        Clock = new SimulatedClock(simulation, this, skew);
        Network = new FaultyNetwork(simulation, this);
    }

    public string Name { get; }

    public TimeProvider Clock { get; }

    public INetwork Network { get; }

    public bool IsDead { get; private set; }

    /// <summary>Until when it does nothing, as a process that was stopped, or whose memory is being collected.</summary>
    public TimeSpan PausedUntil { get; private set; }

    public void Kill() => IsDead = true;

    public void Pause(TimeSpan length) => PausedUntil = _simulation.Elapsed + length;

    public override void Post(SendOrPostCallback d, object? state) => _simulation.Ready(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing here is synchronous.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins something on this server. Where it ends by an exception other than cancellation, the simulation does.</summary>
    public void Start(Func<Task> work) => Post(_ => _ = _simulation.WatchAsync(this, work), null);
}
