using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Index;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>Puts the product's parts together for one life of a server.</summary>
internal sealed class NodeFactory(
    Simulation simulation, SimulatedWorld world, SuspectRows suspectRows, HashSet<BlobId> blobRows, IndexOracle oracle, BucketId bucket)
{
    private static readonly ShardingOptions Limits = new()
    {
        SplitRows = 4,
        MergeRows = 3,
        RateRows = 2,
        RewriteDeletes = 6,
        RewriteFences = 4,
        Claim = TimeSpan.FromMilliseconds(300),
        DeletionClaim = TimeSpan.FromMilliseconds(500),
        CopyRows = 2,
        SliceRows = 3,
        CopiesAtOnce = 2,
        CopyAheadRows = 1,
        ShardGrace = TimeSpan.FromSeconds(3),
    };

    /// <summary>Limits by which there is always something to replace: as the worker's, every split, every merge, every rewrite.</summary>
    private static readonly ShardingOptions[] Eager =
    [
        Limits,
        Limits with { SplitRows = 1, RateRows = 1, PassesAhead = 1 },
        Limits with { SplitRows = 1_000, MergeRows = 1_000 },
        Limits with { SplitRows = 1_000, MergeRows = 0, RewriteDeletes = -1, RewriteFences = -1, CopyAheadRows = long.MaxValue },
    ];

    private SweeperOptions Sweeping => world.Lacks(Guard.SecondLook)
        ? SimulationRun.Sweeping with { SecondLook = TimeSpan.Zero }
        : SimulationRun.Sweeping;

    public ServerNode Create(SimulatedServer server)
    {
        var tables = new SimulatedTables(world, server.Network);
        var suspects = new SimulatedSuspects(suspectRows, world, server.Network, server.Clock);
        var blobs = new SimulatedBlobs(blobRows, oracle, suspects, server.Network);
        var queue = new ShardingQueue(Limits.QueueLength);
        var remover = new BucketRemover(tables, suspects, Limits, server.Clock, NewGuid, NullLogger.Instance);
        var index = new CassandraIndex(
            tables,
            suspects,
            new MemoryParts(),
            queue,
            remover.RemoveAsync,
            new IndexOptions { Server = new IncarnationId(NewGuid()), SliceRows = 3 },
            Limits,
            server.Clock,
            NullLogger.Instance);
        var checkedIndex = new CheckedIndex(index, oracle, world, bucket, simulation.Fail);
        var client = new SimulatedClient(simulation, oracle, bucket, checkedIndex, blobs, Sweeping, server.Clock);
        var sweeper = new ShardSweeper(tables, suspects, Limits, server.Clock);
        var replacers = Eager
            .Select(limits => new ShardReplacer(tables, suspects, limits, server.Clock, NewGuid, NullLogger.Instance))
            .ToList();
        var worker = new ShardingWorker(tables, queue, replacers[0], remover, Limits, server.Clock, NullLogger.Instance);
        server.Start(() =>
        {
            worker.Start();
            return Task.CompletedTask;
        });
        return new ServerNode(server, client, checkedIndex, _ => ReplaceAnyAsync(replacers), async () => await sweeper.SweepAsync(default));
    }

    private async Task ReplaceAnyAsync(List<ShardReplacer> replacers)
    {
        if (world.Bucket(bucket).Map is { Entries: { Count: > 0 } entries })
        {
            var reason = simulation.Pick(Enum.GetValues<ReplacementReason>());
            await simulation.Pick(replacers).ReplaceAsync(bucket, simulation.Pick(entries).Shard, reason, default);
        }
    }

    private Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        simulation.Random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
