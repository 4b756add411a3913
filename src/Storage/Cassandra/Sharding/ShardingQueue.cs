using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// What is to be done in the background: bounded, each thing once, one at a time per bucket. Losing a job loses nothing: whoever meets its
/// cause again suggests it again.
/// </summary>
/// <param name="limit">The most jobs that wait.</param>
internal sealed class ShardingQueue(int limit) : IShardReplacer
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ShardingJob> _waiting = [];
    private readonly HashSet<(BucketId, ShardingJobKind, ShardId)> _known = [];
    private readonly HashSet<BucketId> _busy = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Jobs that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Jobs under way.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _busy.Count;
            }
        }
    }

    public void Suggest(BucketId bucket, ShardId shard, ReplacementReason reason) =>
        Add(new ShardingJob(bucket, ShardingJobKind.Replace, shard, reason));

    /// <summary>Adds a job; false when it is known already, or too many wait.</summary>
    public bool Add(ShardingJob job)
    {
        lock (_gate)
        {
            if (_waiting.Count >= limit || !_known.Add((job.Bucket, job.Kind, job.Shard)))
            {
                return false;
            }

            // A replacement can wait; clients wait for the others.
            if (job.Kind == ShardingJobKind.Replace)
            {
                _waiting.AddLast(job);
            }
            else
            {
                _waiting.AddFirst(job);
            }

            Wake();
            return true;
        }
    }

    /// <summary>The next job of a bucket on which none is under way. <see cref="Done"/> must follow.</summary>
    public async ValueTask<ShardingJob> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (Next() is { } job)
                {
                    return job;
                }

                changed = _changed.Task;
            }

            // Woken as a change is: where it goes on is the caller's to say, a simulation's too.
            using (cancellationToken.UnsafeRegister(static queue => ((ShardingQueue)queue!).WakeAll(), this))
            {
                await changed;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Done(ShardingJob job)
    {
        lock (_gate)
        {
            _known.Remove((job.Bucket, job.Kind, job.Shard));
            _busy.Remove(job.Bucket);
            Wake();
        }
    }

    private ShardingJob? Next()
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (_busy.Add(node.Value.Bucket))
            {
                _waiting.Remove(node);
                return node.Value;
            }
        }

        return null;
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            Wake();
        }
    }

    private void Wake()
    {
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
