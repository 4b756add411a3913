using System.Collections.Concurrent;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>This server's queues, one per shard. Never two at once for the same shard: they would use the same numbers.</summary>
internal sealed class ShardQueues(CommitContext context) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ShardId, ShardQueue> _queues = new();
    private readonly CancellationTokenSource _stop = new();
    private int _count;
    private bool _isStopping;

    /// <exception cref="StoreUnavailableException">The server ends.</exception>
    public void Add(BucketId bucket, ShardId shard, PendingCommit pending)
    {
        while (true)
        {
            if (Volatile.Read(ref _isStopping))
            {
                throw new StoreUnavailableException("The store is closing.");
            }

            if (_queues.TryGetValue(shard, out var queue))
            {
                if (queue.TryAdd(pending))
                {
                    return;
                }

                Remove(queue);
            }
            else if (_queues.TryAdd(shard, new ShardQueue(bucket, shard, context, _stop.Token))
                && Interlocked.Increment(ref _count) > context.Options.QueuesKept)
            {
                CloseIdle();
            }
        }
    }

    /// <summary>Waits for what is under way, settlements included, within bounds. What is not settled then has an unknown outcome.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isStopping, true);
        var work = Task.WhenAll(_queues.Values.Select(queue => queue.Work));
        try
        {
            await work.WaitAsync(context.Options.ShutdownPatience, context.Time);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
            await work;
        }

        _stop.Dispose();
    }

    private void CloseIdle()
    {
        var wanted = context.Options.QueuesKept - (context.Options.QueuesKept / 8);
        foreach (var (_, queue) in _queues)
        {
            if (Volatile.Read(ref _count) <= wanted)
            {
                return;
            }

            if (queue.TryClose())
            {
                Remove(queue);
            }
        }
    }

    private void Remove(ShardQueue queue)
    {
        if (_queues.TryRemove(KeyValuePair.Create(queue.Shard, queue)))
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
