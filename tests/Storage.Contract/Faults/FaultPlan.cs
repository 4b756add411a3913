namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>
/// Decides what happens to each call of a faulty store: first the scripted faults, in order, for the calls that they name; then, where
/// a seed was given, faults by chance. Thread-safe.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Call, Fault Fault)> _script = [];
    private readonly List<(long Due, Func<Task> Run)> _late = [];
    private readonly List<string> _calls = [];
    private readonly Random? _random;
    private readonly double _odds;
    private readonly Fault[] _byChance;
    private TaskCompletionSource _held = NewSource();
    private TaskCompletionSource _gateOpen = NewSource();
    private long _count;

    public FaultPlan()
        : this(null, 0, [])
    {
    }

    private FaultPlan(Random? random, double odds, Fault[] byChance)
    {
        _random = random;
        _odds = odds;
        _byChance = byChance;
    }

    /// <summary>The names of all calls so far, in order, as <c>Index.CommitAsync</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Ends once a call is held by <see cref="Fault.Hold"/>.</summary>
    public Task Held
    {
        get
        {
            lock (_gate)
            {
                return _held.Task;
            }
        }
    }

    /// <summary>Faults by chance, the same for the same seed and the same order of calls.</summary>
    public static FaultPlan Seeded(int seed, double odds, params Fault[] faults) => new(new Random(seed), odds, faults);

    /// <summary>The next calls of this name meet these faults, in order; <see cref="Fault.None"/> lets one through.</summary>
    /// <param name="call">As <c>Index.CommitAsync</c>, <c>Blobs.WriteAsync</c>, <c>Catalog.WriteAsync</c>.</param>
    public FaultPlan On(string call, params Fault[] faults)
    {
        lock (_gate)
        {
            foreach (var fault in faults)
            {
                _script.AddLast((call, fault));
            }
        }

        return this;
    }

    /// <summary>Lets all held calls go.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _gateOpen.TrySetResult();
            _gateOpen = NewSource();
            _held = NewSource();
        }
    }

    /// <summary>Runs what was answered Unknown and not yet tried.</summary>
    public async Task RunLateAsync()
    {
        foreach (var run in TakeLate(long.MaxValue))
        {
            await run();
        }
    }

    internal void Postpone(Func<Task> run)
    {
        lock (_gate)
        {
            _late.Add((_count + 1 + (_random?.Next(20) ?? int.MaxValue), run));
        }
    }

    /// <summary>The fault for this call, after any wait that it asks for.</summary>
    internal async ValueTask<Fault> NextAsync(string call)
    {
        List<Func<Task>> due;
        Fault fault;
        var open = Task.CompletedTask;
        lock (_gate)
        {
            _calls.Add(call);
            due = TakeLate(++_count);
            fault = Choose(call);
            if (fault == Fault.Hold)
            {
                open = _gateOpen.Task;
                _held.TrySetResult();
            }
        }

        foreach (var run in due)
        {
            await run();
        }

        await open;
        for (var turn = 0; fault == Fault.Delay && turn < 20; turn++)
        {
            await Task.Yield();
        }

        return fault is Fault.Hold or Fault.Delay ? Fault.None : fault;
    }

    private List<Func<Task>> TakeLate(long due)
    {
        lock (_gate)
        {
            var runs = _late.Where(late => late.Due <= due).Select(late => late.Run).ToList();
            _late.RemoveAll(late => late.Due <= due);
            return runs;
        }
    }

    private Fault Choose(string call)
    {
        for (var node = _script.First; node is not null; node = node.Next)
        {
            if (node.Value.Call == call)
            {
                _script.Remove(node);
                return node.Value.Fault;
            }
        }

        return _random is not null && _random.NextDouble() < _odds ? _byChance[_random.Next(_byChance.Length)] : Fault.None;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
