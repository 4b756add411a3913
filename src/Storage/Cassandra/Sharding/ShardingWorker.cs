using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Does what is in the queue, several buckets at once, and now and then looks at every shard.</summary>
internal sealed class ShardingWorker : IAsyncDisposable
{
    private readonly ShardingQueue _queue;
    private readonly ShardReplacer _replacer;
    private readonly BucketRemover _remover;
    private readonly ConfigurationChanger _configurations;
    private readonly ShardingPass _pass;
    private readonly ShardingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<ReplacementProgress> _underWay = [];
    private readonly ConcurrentDictionary<ShardId, long> _unneeded = new();
    private Task _work = Task.CompletedTask;
    private long _replaced;
    private long _copied;
    private long _failed;

    /// <param name="tables">The tables.</param>
    /// <param name="queue">What is to be done.</param>
    /// <param name="replacer">Replaces shards.</param>
    /// <param name="remover">Ends deletions that were left.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="time">The clock, and every wait.</param>
    /// <param name="logger">Where work is told.</param>
    public ShardingWorker(
        IIndexTables tables,
        ShardingQueue queue,
        ShardReplacer replacer,
        BucketRemover remover,
        ShardingOptions options,
        TimeProvider time,
        ILogger logger)
    {
        (_queue, _replacer, _remover, _options, _time, _logger) = (queue, replacer, remover, options, time, logger);
        _configurations = new ConfigurationChanger(tables, options, time);
        _pass = new ShardingPass(tables, queue, options, time);
    }

    /// <summary>Whether passes over all shards are this server's to do now: one server's are enough.</summary>
    public Func<bool> PassesHere { get; init; } = static () => true;

    /// <summary>What is to be done and under way.</summary>
    public ShardingSnapshot Snapshot
    {
        get
        {
            lock (_gate)
            {
                return new ShardingSnapshot(_queue.Waiting, _queue.Running, [.. _underWay], _replaced, _copied, _failed);
            }
        }
    }

    /// <summary>Begins to work. Once.</summary>
    public void Start() => _work = Task.WhenAll([.. Enumerable.Range(0, _options.Workers).Select(_ => WorkAsync()), PassAsync()]);

    /// <summary>Ends the work; what is under way is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var job = await _queue.TakeAsync(_stop.Token);
            try
            {
                await RunAsync(job);
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                // Whoever meets its cause again suggests it again.
                Interlocked.Increment(ref _failed);
                Log.JobFailed(_logger, exception, job.Kind, job.Bucket.Value, exception.Message);
            }
            finally
            {
                _queue.Done(job);
            }
        }
    }

    private ValueTask RunAsync(ShardingJob job) => job.Kind switch
    {
        ShardingJobKind.Replace => ReplaceAsync(job),
        ShardingJobKind.EndDeletion => _remover.EndAsync(job.Bucket, _stop.Token),
        _ => FinishAsync(job),
    };

    private async ValueTask FinishAsync(ShardingJob job) => await _configurations.FinishAsync(job.Bucket, _stop.Token);

    private async ValueTask ReplaceAsync(ShardingJob job)
    {
        if (_unneeded.TryGetValue(job.Shard, out var looked) && _time.GetElapsedTime(looked) < _options.UnneededPause)
        {
            return;
        }

        var progress = new ReplacementProgress(job.Bucket, job.Shard, job.Reason, _time.GetUtcNow());
        lock (_gate)
        {
            _underWay.Add(progress);
        }

        try
        {
            Note(job, await _replacer.ReplaceAsync(progress, _stop.Token));
        }
        finally
        {
            lock (_gate)
            {
                _underWay.Remove(progress);
            }
        }
    }

    private void Note(ShardingJob job, Replacement done)
    {
        if (done.Outcome != ReplacementOutcome.Replaced)
        {
            if (done.Outcome == ReplacementOutcome.NotNeeded)
            {
                _unneeded[job.Shard] = _time.GetTimestamp();
            }

            Log.NotReplaced(_logger, job.Bucket.Value, job.Shard.Value, job.Reason, done.Outcome);
            return;
        }

        lock (_gate)
        {
            _replaced++;
            _copied += done.Rows;
        }

        Log.Replaced(
            _logger, job.Bucket.Value, job.Shard.Value, job.Reason, done.Parents.Count, done.Children.Count, done.Rows, done.Frozen.TotalMilliseconds);
    }

    private async Task PassAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(_options.PassInterval, _time, _stop.Token);
            _unneeded.Clear();
            if (!PassesHere())
            {
                continue;
            }

            try
            {
                await _pass.RunAsync(_stop.Token);
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                Log.PassFailed(_logger, exception, exception.Message);
            }
        }
    }
}
