using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Index;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>A bucket on tables in memory, with a healthy server that reads, writes and replaces there.</summary>
internal sealed class ShardedBucket : IAsyncDisposable
{
    private readonly CassandraIndex _index;

    public ShardedBucket(ShardingOptions limits, INetwork? network = null)
    {
        Limits = limits;
        Tables = new SimulatedTables(World, network ?? new PerfectNetwork());
        Suspects = new MemorySuspects(Clock);
        Remover = NewRemover(Tables);
        _index = new CassandraIndex(
            Tables,
            Suspects,
            new MemoryParts(),
            Queue,
            Remover.RemoveAsync,
            new IndexOptions { Server = IncarnationId.New(), Deadline = TimeSpan.FromSeconds(60) },
            limits,
            Clock,
            NullLogger.Instance);
    }

    public BucketId Bucket { get; } = BucketId.New();

    public SimulatedWorld World { get; } = new();

    public SteppedClock Clock { get; } = new();

    public ShardingOptions Limits { get; }

    public SimulatedTables Tables { get; }

    public MemorySuspects Suspects { get; }

    public ShardingQueue Queue { get; } = new(100);

    public BucketRemover Remover { get; }

    public ShardReplacer Replacer => NewReplacer(Tables);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"key-{number:D6}");

    public ShardReplacer NewReplacer(IIndexTables tables, ShardingOptions? limits = null) =>
        new(tables, Suspects, limits ?? Limits, Clock, Guid.NewGuid, NullLogger.Instance);

    public BucketRemover NewRemover(IIndexTables tables) => new(tables, Suspects, Limits, Clock, Guid.NewGuid, NullLogger.Instance);

    public async Task CreateAsync(int keys = 0)
    {
        await _index.CreateBucketAsync(Bucket, new byte[] { 1 }, Token);
        for (var i = 0; i < keys; i++)
        {
            Assert.Equal(CommitOutcome.Applied, await PutAsync(KeyOf(i)));
        }
    }

    public async Task<CommitOutcome> PutAsync(string key, int bodySize = 0, RowAddress? address = null)
    {
        var row = address ?? RowAddress.Head;
        return (await _index.CommitAsync(
            new IndexCommit
            {
                Bucket = Bucket,
                Key = ObjectKey.Parse(key),
                Epoch = 1,
                Started = Clock.Now,
                Conditions = [new(row, null)],
                Writes = [new RowWrite(row, Guid.NewGuid(), Encoding.UTF8.GetBytes(key), new byte[bodySize])],
            },
            Token)).Outcome;
    }

    public async Task<CommitOutcome> RemoveKeyAsync(string key) => (await _index.CommitAsync(
        new IndexCommit
        {
            Bucket = Bucket,
            Key = ObjectKey.Parse(key),
            Epoch = 1,
            Started = Clock.Now,
            Deletes = [RowAddress.Head],
        },
        Token)).Outcome;

    /// <summary>The keys as a listing shows them; null: there is no such bucket.</summary>
    public async Task<IReadOnlyList<string>?> ListAsync(IndexSection section = IndexSection.Head)
    {
        using var page = await _index.ScanAsync(new ScanRange(Bucket, section, default, default, null, 1_000_000), Token);
        return page?.Rows.Select(row => Encoding.UTF8.GetString(row.Key.Span)).ToList();
    }

    public async Task<ShardMap> MapAsync() => (await Tables.ReadMapAsync(Bucket, Token))!;

    public async Task<ShardStatics> StaticsAsync(ShardId shard) => (await Tables.ReadStaticsAsync(Bucket, shard, Token))!;

    /// <summary>Replaces the shard that holds a key.</summary>
    public async Task<Replacement> ReplaceAsync(string key, ReplacementReason reason)
    {
        var shard = (await MapAsync()).EntryOf(Encoding.UTF8.GetBytes(key)).Shard;
        return await Replacer.ReplaceAsync(Bucket, shard, reason, Token);
    }

    /// <summary>Heads per shard, in the map's order.</summary>
    public async Task<IReadOnlyList<int>> SizesAsync() =>
        [.. (await MapAsync()).Entries.Select(entry => World.Bucket(Bucket).Shard(entry.Shard).Rows.Count())];

    /// <summary>What the sweeper makes of it when everything is old: nothing but the shards that the map names is left.</summary>
    public async Task AssertSweptAsync()
    {
        Clock.Pass(TimeSpan.FromHours(1));
        await new ShardingPass(Tables, Queue, Limits, Clock).LookAsync(Bucket, Token);
        await new ShardSweeper(Tables, Suspects, Limits, Clock).SweepAsync(Token);
        var map = await MapAsync();
        var named = map.State == BucketState.Deleted ? [] : map.Entries.Select(entry => entry.Shard).ToHashSet();
        var left = World.Bucket(Bucket).Shards.Where(shard => shard.Value.State is not null || shard.Value.Rows.Any());
        Assert.Equal(named, left.Select(shard => shard.Key).ToHashSet());
        Assert.Empty(await Suspects.ReadAsync(SuspectSlots.Shards, DateTimeOffset.MaxValue, Token).ToListAsync(Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        await Remover.DisposeAsync();
    }
}
