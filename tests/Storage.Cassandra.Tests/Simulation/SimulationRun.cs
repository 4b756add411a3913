using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>
/// One seed: a few servers over the same tables, clients, replacements, configuration changes, sweepers and perhaps a bucket's end, under
/// faults; then peace, in which everything must come to an end, and a last look at everything.
/// </summary>
internal sealed class SimulationRun
{
    private const int Operations = 150;
    private const int MostAtOnce = 12;
    private const int MostSteps = 400_000;

    private readonly int _seed;
    private readonly Simulation _simulation;
    private readonly SimulatedWorld _world;
    private readonly SuspectRows _suspects = new();
    private readonly HashSet<BlobId> _blobs = [];
    private readonly BucketId _bucket = BucketId.New();
    private readonly IndexOracle _oracle;
    private readonly NodeFactory _factory;
    private readonly Dictionary<SimulatedServer, ServerNode> _nodes = [];
    private readonly List<(SimulatedServer Server, string Name)> _outstanding = [];

    public SimulationRun(int seed, Guard? without = null)
    {
        _seed = seed;
        _simulation = new Simulation(seed) { Faults = false };
        _world = new SimulatedWorld(without);
        _oracle = new IndexOracle(_world, _bucket, _suspects, _simulation.Fail);
        _factory = new NodeFactory(_simulation, _world, _suspects, _blobs, _oracle, _bucket);
        _simulation.Replace = Replace;
    }

    public static SweeperOptions Sweeping { get; } = new()
    {
        WrittenGrace = TimeSpan.FromSeconds(2),
        ReleasedGrace = TimeSpan.FromSeconds(1),
        SecondLook = TimeSpan.FromSeconds(2),
        Retire = TimeSpan.FromSeconds(8),
        Concurrency = 1,
    };

    /// <summary>Differs where two runs took different ways.</summary>
    public long Trace => _simulation.Trace;

    /// <exception cref="ViolationException">A promise was broken; the message has the seed.</exception>
    public void Execute()
    {
        try
        {
            Create();
            Disturbed();
            Peaceful();
        }
        catch (Exception exception)
        {
            throw new ViolationException($"seed {_seed}, after {_simulation.Elapsed}: {exception.Message}\n{exception.StackTrace}");
        }
    }

    private void Create()
    {
        for (var number = 0; number < _simulation.Plan.Servers; number++)
        {
            Start($"server {number}");
        }

        var node = _nodes.Values.First();
        var isCreated = false;
        node.Server.Start(async () =>
        {
            await node.Index.CreateBucketAsync(_bucket, BucketConfiguration.Encode(VersioningState.Unversioned), CancellationToken.None);
            isCreated = true;
        });
        Until(() => isCreated, "making the bucket");
        _world.Observer = _oracle;
        _oracle.MapChanged(_bucket);
    }

    private void Disturbed()
    {
        _simulation.Faults = true;
        var isToBeRemoved = _simulation.Chance(0.35);
        var deletesMostly = isToBeRemoved && _simulation.Chance(0.7);
        for (var (begun, step) = (0, 0); begun < Operations; step++)
        {
            if (step == MostSteps)
            {
                throw NeverEnded("what was begun under faults");
            }

            _simulation.Step();
            if (_outstanding.Count > MostAtOnce)
            {
                continue;
            }

            if (_simulation.Chance(0.02))
            {
                begun++;
                var isLate = deletesMostly && begun > Operations / 2;
                Operate(node => isLate ? node.Client.DeleteVersionAsync(default) : node.Client.AnyAsync(default));
            }

            Background(isToBeRemoved && begun > Operations / 2);
        }
    }

    private void Background(bool mayRemove)
    {
        if (_simulation.Chance(0.004))
        {
            Operate(node => node.ReplaceAsync(_bucket));
        }

        if (_simulation.Chance(0.001))
        {
            Operate(node => node.Client.SetVersioningAsync(
                _simulation.Pick([VersioningState.Enabled, VersioningState.Suspended]), default));
        }

        if (_simulation.Chance(0.01))
        {
            Operate(node => node.Client.SweepAsync(default));
        }

        if (_simulation.Chance(0.001))
        {
            Operate(node => node.SweepShardsAsync());
        }

        if (mayRemove && _simulation.Chance(0.002))
        {
            Operate(node => node.Client.RemoveBucketAsync(default));
        }
    }

    private void Peaceful()
    {
        _simulation.Faults = false;
        Until(() => _outstanding.Count == 0, "what was begun");
        foreach (var node in _nodes.Values.ToList())
        {
            for (var look = 0; look < 20; look++)
            {
                Operate(_ => node.Client.GetAsync(default));
            }

            Operate(_ => node.Client.ListAsync(default));
            Operate(_ => node.Client.ListVersionsAsync(default));
        }

        Until(() => _outstanding.Count == 0, "the last look");
        for (var pass = 0; pass < 12 && _suspects.All.Any(naming => naming.Suspicion.Kind != SuspicionKind.Shard); pass++)
        {
            Rest(TimeSpan.FromSeconds(3));
            Operate(node => node.Client.SweepAsync(default));
            Until(() => _outstanding.Count == 0, "a sweep");
        }

        if (_blobs.FirstOrDefault(blob => !_oracle.IsReferred(blob) && !_oracle.IsDeleted) is { } left && left != default)
        {
            _simulation.Fail($"blob {left} was left over");
            _simulation.Step();
        }
    }

    private void Rest(TimeSpan time)
    {
        var node = _nodes.Values.First();
        var isOver = false;
        node.Server.Start(async () =>
        {
            await Task.Delay(time, node.Server.Clock);
            isOver = true;
        });
        Until(() => isOver, "a rest");
    }

    private void Until(Func<bool> condition, string what)
    {
        for (var step = 0; !condition(); step++)
        {
            if (step == MostSteps)
            {
                throw NeverEnded(what);
            }

            _simulation.Step();
        }
    }

    private ViolationException NeverEnded(string what) =>
        new($"{what} never ended: {string.Join("; ", _outstanding.Select(operation => $"{operation.Server.Name}: {operation.Name}"))}");

    private void Operate(Func<ServerNode, Task> operation, [CallerArgumentExpression(nameof(operation))] string name = "")
    {
        var node = _nodes[_simulation.Pick(_simulation.Servers)];
        var outstanding = (node.Server, name);
        _outstanding.Add(outstanding);
        node.Server.Start(async () =>
        {
            try
            {
                await operation(node);
            }
            finally
            {
                _outstanding.Remove(outstanding);
            }
        });
    }

    private void Replace(SimulatedServer dead)
    {
        _nodes.Remove(dead);
        _outstanding.RemoveAll(operation => operation.Server == dead);
        _simulation.Servers.Remove(dead);
        Start(dead.Name);
    }

    private void Start(string name)
    {
        var skew = _simulation.Plan.Skew ? TimeSpan.FromMilliseconds(_simulation.Random.Next(-200, 200)) : TimeSpan.Zero;
        var server = new SimulatedServer(_simulation, name, skew);
        _simulation.Servers.Add(server);
        _nodes[server] = _factory.Create(server);
    }
}
