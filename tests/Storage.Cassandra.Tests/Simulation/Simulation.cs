namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>
/// Runs servers one step at a time on one thread, in an order that a seed decides: what they await, requests on their way, timers, late
/// writes, pauses. Time passes with the steps, and jumps where nothing else is to do.
/// </summary>
internal sealed class Simulation
{
    private readonly List<(SimulatedServer Server, SendOrPostCallback Call, object? State)> _ready = [];
    private readonly List<SimulatedRequest> _requests = [];
    private readonly List<Action> _late = [];
    private readonly PriorityQueue<(SimulatedServer Server, Action Fire), (TimeSpan Due, long Order)> _timers = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Random _random;
    private long _order;
    private Exception? _failure;

    public Simulation(int seed)
    {
        _random = new Random(seed);
        Plan = SimulationPlan.Draw(_random);
    }

    public SimulationPlan Plan { get; }

    public Random Random => _random;

    /// <summary>Whether requests fail, servers die and pause.</summary>
    public bool Faults { get; set; } = true;

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Differs where two runs took different ways.</summary>
    public long Trace { get; private set; }

    public List<SimulatedServer> Servers { get; } = [];

    /// <summary>Called in place of a server that died.</summary>
    public Action<SimulatedServer>? Replace { get; set; }

    public bool IsIdle => _ready.Count == 0 && _requests.Count == 0;

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public void Ready(SimulatedServer server, SendOrPostCallback call, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _failure ??= new InvalidOperationException("Something left the simulation's thread: it cannot be replayed.");
            return;
        }

        if (!server.IsDead)
        {
            _ready.Add((server, call, state));
        }
    }

    public void Send(SimulatedRequest request) => _requests.Add(request);

    public void SendLate(Action write) => _late.Add(write);

    public void At(TimeSpan due, SimulatedServer server, Action fire) => _timers.Enqueue((server, fire), (due, _order++));

    public async Task WatchAsync(SimulatedServer server, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // Its caller did not wait.
        }
        catch (StoreUnavailableException)
        {
            // As a request would, with 503.
        }
        catch (Exception exception)
        {
            _failure ??= new ViolationException($"{server.Name} failed: {exception}");
        }
    }

    public void Fail(string violation) => _failure ??= new ViolationException(violation);

    public void Step()
    {
        Elapsed += TimeSpan.FromMicroseconds(_random.Next(3000));
        FireTimers();
        if (Faults)
        {
            Disturb();
        }

        if (_late.Count > 0 && Chance(Faults ? Plan.Late : 0.2))
        {
            Take(_late)();
        }
        else
        {
            Proceed();
        }

        Trace = unchecked((Trace * 1_000_003) + (_ready.Count * 31) + (_requests.Count * 7) + _late.Count + Elapsed.Ticks);
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    private void Proceed()
    {
        var choices = _ready.Count + _requests.Count;
        if (choices == 0)
        {
            // Not to the next timer at once: something may begin before.
            if (_timers.TryPeek(out _, out var next) && next.Due > Elapsed)
            {
                var jump = TimeSpan.FromMilliseconds(_random.Next(300));
                Elapsed = next.Due - Elapsed < jump ? next.Due : Elapsed + jump;
            }

            return;
        }

        if (_random.Next(choices) < _ready.Count)
        {
            var index = _random.Next(_ready.Count);
            var (server, call, state) = _ready[index];
            if (server.IsDead)
            {
                _ready.RemoveAt(index);
            }
            else if (server.PausedUntil <= Elapsed)
            {
                _ready.RemoveAt(index);
                Run(server, call, state);
            }
        }
        else
        {
            var request = Take(_requests);
            request.Apply?.Invoke();
            request.Answer();
        }
    }

    private static void Run(SynchronizationContext context, SendOrPostCallback call, object? state)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            call(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void FireTimers()
    {
        while (_timers.TryPeek(out _, out var next) && next.Due <= Elapsed)
        {
            var (server, fire) = _timers.Dequeue();
            if (!server.IsDead)
            {
                fire();
            }
        }
    }

    private void Disturb()
    {
        if (Chance(Plan.Crash))
        {
            var place = _random.Next(Servers.Count);
            var server = Servers[place];
            server.Kill();
            _ready.RemoveAll(item => item.Server == server);
            foreach (var request in _requests.Where(request => request.Server == server).ToList())
            {
                _requests.Remove(request);
                if (request.Apply is { } apply && Chance(0.5))
                {
                    _late.Add(apply);
                }
            }

            Replace?.Invoke(server);
        }

        if (Chance(Plan.Pause))
        {
            Pick(Servers).Pause(TimeSpan.FromMilliseconds(_random.Next(20, 2000)));
        }
    }

    private T Take<T>(List<T> list)
    {
        var index = _random.Next(list.Count);
        var item = list[index];
        list[index] = list[^1];
        list.RemoveAt(list.Count - 1);
        return item;
    }
}
