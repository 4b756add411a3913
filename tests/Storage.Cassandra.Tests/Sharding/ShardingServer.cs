using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>One of several servers on a real node that share nothing but it, with all that replaces shards and sweeps them.</summary>
internal sealed class ShardingServer : IAsyncDisposable
{
    private readonly BucketRemover _remover;
    private readonly ShardingWorker _worker;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sweeping;

    private ShardingServer(IIndexTables tables, ISuspectTable suspects, ShardingOptions limits)
    {
        Tables = tables;
        var (queue, time) = (new ShardingQueue(limits.QueueLength), TimeProvider.System);
        _remover = new BucketRemover(tables, suspects, limits, time, Guid.NewGuid, NullLogger.Instance);
        var replacer = new ShardReplacer(tables, suspects, limits, time, Guid.NewGuid, NullLogger.Instance);
        _worker = new ShardingWorker(tables, queue, replacer, _remover, limits, time, NullLogger.Instance);
        var options = new IndexOptions
        {
            Server = IncarnationId.New(),
            Deadline = TimeSpan.FromMinutes(1),
            SuggestionInterval = TimeSpan.FromMilliseconds(20),
        };
        Index = new CassandraIndex(tables, suspects, new MemoryParts(), queue, _remover.RemoveAsync, options, limits, time, NullLogger.Instance);
        _worker.Start();
        _sweeping = SweepAsync(new ShardSweeper(tables, suspects, limits, time));
    }

    public CassandraIndex Index { get; }

    public IIndexTables Tables { get; }

    public ShardingSnapshot Sharding => _worker.Snapshot;

    public static async Task<ShardingServer> StartAsync(CassandraKeyspace keyspace, ShardingOptions limits)
    {
        var options = new StatementOptions { Timeout = TimeSpan.FromSeconds(30) };
        var suspects = await SuspectTable.OpenAsync(new StatementRunner(keyspace.Session, options), TimeProvider.System, CancellationToken.None);
        return new ShardingServer(new CqlIndexTables(keyspace.Session, options), suspects, limits);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sweeping;
        await _worker.DisposeAsync();
        await Index.DisposeAsync();
        await _remover.DisposeAsync();
        _stop.Dispose();
    }

    private async Task SweepAsync(ShardSweeper sweeper)
    {
        while (!_stop.IsCancellationRequested)
        {
            await sweeper.SweepAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(100), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
