using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>
/// Clients, readers, the sweeper, crashes, late messages and the clock, one step at a time, all drawn by lot from a seed. At the end the
/// world comes to rest, and what is left must be what rows refer to.
/// </summary>
internal sealed class SweeperSimulation(int seed, int steps, PlantedBug bug)
{
    private readonly int _maxRequests = 4 + (seed % 20);
    private readonly Random _random = new(seed);
    private readonly List<Task> _requests = [];
    private Task _sweep = Task.CompletedTask;

    public required Action<string> Trace { get; init; }

    public async Task<SimulatedStore> RunAsync()
    {
        var store = new SimulatedStore(_random, bug);
        await store.CreateBucketAsync();
        var clients = new SimulatedClients(store, _random);
        for (var step = 0; step < steps && store.Violations.Count == 0; step++)
        {
            await StepAsync(store, clients);
            _requests.RemoveAll(request => request.IsCompletedSuccessfully);
            if (_requests.Find(request => request.IsFaulted && !IsExcused(request)) is { } failed)
            {
                store.Violations.Add($"step {step}: {failed.Exception}");
            }

            _requests.RemoveAll(request => request.IsFaulted);
        }

        if (store.Violations.Count == 0)
        {
            await ComeToRestAsync(store);
        }

        Trace($"seed {seed}: {store.Freed} freed, {clients.Completed} completed, {clients.ReadsWhole} reads and {clients.ReadsBrokenOff} "
            + $"broken off, {store.Index.LateApplied} late commits and {store.Index.Fenced} fenced off");
        return store;
    }

    private async Task StepAsync(SimulatedStore store, SimulatedClients clients)
    {
        switch (_random.Next(1000))
        {
            case < 200 when _requests.Count < _maxRequests:
                _requests.Add(clients.RequestAsync());
                break;
            case < 210:
                store.Time.Advance(TimeSpan.FromSeconds(_random.Next(5, 60)));
                break;
            case < 211:
                store.Time.Advance(TimeSpan.FromMinutes(_random.Next(5, 60)));
                break;
            case < 265 when _sweep.IsCompleted:
                _sweep = store.Sweeper.SweepAsync(default).AsTask();
                _requests.Add(_sweep);
                break;
            case 265 when store.Index.LateCount > 0 && _random.Next(3) == 0:
                await store.Index.RunLateAsync();
                await store.CheckReferencesAsync("a late commit");
                break;
            case 266 when _random.Next(10) == 0:
                store.Turns.Abandon();
                store.SweepTurns.Abandon();
                store.Memory.MemoryBlobs.LoseHolders();
                _requests.Clear();
                _sweep = Task.CompletedTask;
                break;
            case < 500:
                store.SweepTurns.Release();
                break;
            default:
                store.Turns.Release();
                break;
        }
    }

    /// <summary>Requests end, late messages arrive, and sweeps go on until nothing is left to look at.</summary>
    private static async Task ComeToRestAsync(SimulatedStore store)
    {
        while (store.Turns.Release() || store.SweepTurns.Release())
        {
        }

        while (store.Index.LateCount > 0)
        {
            await store.Index.RunLateAsync();
        }

        for (var pass = 0; pass < 8; pass++)
        {
            store.Time.Advance(TimeSpan.FromHours(13));
            var sweep = store.Sweeper.SweepAsync(default).AsTask();
            while (store.SweepTurns.Release())
            {
            }

            await sweep;
        }

        await CheckRestAsync(store);
    }

    private static async Task CheckRestAsync(SimulatedStore store)
    {
        await store.CheckReferencesAsync("at rest");
        var referenced = await store.Oracle.ReferencedAsync();
        await foreach (var blob in store.Memory.Blobs.ListAsync(default))
        {
            if (!referenced.Contains(blob))
            {
                store.Violations.Add($"{blob} was never freed");
            }
        }

        await foreach (var suspect in store.Memory.Blobs.SuspectsAsync(DateTimeOffset.MaxValue, default))
        {
            store.Violations.Add($"{suspect} is still a suspect");
        }

        var fsck = new Fsck(store.Memory.Index, store.Memory.Blobs, store.Memory.Catalog);
        await fsck.CheckAsync(new FsckOptions(), finding => Note(store, finding), default);
    }

    private static void Note(SimulatedStore store, FsckFinding finding)
    {
        if (finding.IsDamage)
        {
            store.Violations.Add($"fsck: {finding}");
        }
    }

    private static bool IsExcused(Task request) => request.Exception?.InnerException is StoreUnavailableException;
}
