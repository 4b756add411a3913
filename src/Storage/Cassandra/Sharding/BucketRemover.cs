using Microsoft.Extensions.Logging;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Removes buckets: freezes every shard, looks whether anything is there, and decides by one write on the map, or thaws them again. The map
/// stays, DELETED, for good: whoever has an old one finds out.
/// </summary>
internal sealed class BucketRemover : IAsyncDisposable
{
    private readonly IIndexTables _tables;
    private readonly ShardingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BucketShards _shards;
    private readonly DeletionClaims _claims;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _work = [];

    /// <param name="tables">The tables.</param>
    /// <param name="suspects">Where shards and uploads are named before they go.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="time">The clock, and every wait.</param>
    /// <param name="newId">New ids, never used before: <see cref="Guid.NewGuid"/>.</param>
    /// <param name="logger">Where deletions are told.</param>
    public BucketRemover(
        IIndexTables tables, ISuspectTable suspects, ShardingOptions options, TimeProvider time, Func<Guid> newId, ILogger logger)
    {
        (_tables, _options, _time, _logger) = (tables, options, time, logger);
        _shards = new BucketShards(tables, suspects, options, time);
        _claims = new DeletionClaims(tables, options, time, newId);
    }

    /// <summary><see cref="IObjectIndex.RemoveBucketAsync"/>. One that takes longer is answered as unknown and goes on: asked again, it tells.</summary>
    /// <exception cref="StoreUnavailableException">Cassandra does not answer.</exception>
    public async ValueTask<BucketRemoval> RemoveAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        // Not under the caller's token: a bucket whose shards are frozen is to be given back, whoever hangs up.
        var work = RemoveAsync(bucket);
        lock (_work)
        {
            _work.Add(work);
        }

        try
        {
            return await work.WaitAsync(_options.Deadline, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return BucketRemoval.Unknown;
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>Ends a deletion that its owner left: backs out of it. Whoever wanted it was told that its outcome is unknown.</summary>
    public async ValueTask EndAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        if (await _tables.ReadMapAsync(bucket, cancellationToken) is { State: BucketState.Deleting } map
            && IsOver(map)
            && await _claims.BeginAsync(bucket, map, cancellationToken) is { } attempt)
        {
            await BackOutAsync(bucket, attempt, cancellationToken);
        }
    }

    /// <summary>Waits for deletions under way, within bounds.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_work)
        {
            work = [.. _work];
        }

        var all = Task.WhenAll(work);
        await Task.WhenAny(all, Task.Delay(_options.Deadline, _time));
        await _stop.CancelAsync();
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stop.Dispose();
    }

    private void Forget()
    {
        lock (_work)
        {
            _work.RemoveWhere(static task => task.IsCompleted);
        }
    }

    private async Task<BucketRemoval> RemoveAsync(BucketId bucket)
    {
        var begun = _time.GetTimestamp();
        while (true)
        {
            var map = await _tables.ReadMapAsync(bucket, _stop.Token);
            if (map is null or { State: BucketState.Deleted })
            {
                return BucketRemoval.NotFound;
            }

            if (map.State == BucketState.Live && await _shards.HaveObjectsAsync(bucket, map, frozen: false, GoOn, _stop.Token))
            {
                return BucketRemoval.NotEmpty;
            }

            if (map.State == BucketState.Live || IsOver(map))
            {
                if (await _claims.BeginAsync(bucket, map, _stop.Token) is { } attempt)
                {
                    return await RunAsync(bucket, attempt);
                }
            }

            // Somebody else is at it, and tells within its time.
            if (_time.GetElapsedTime(begun) > _options.Deadline)
            {
                return BucketRemoval.Unknown;
            }

            await Task.Delay(_options.Pause, _time, _stop.Token);
        }
    }

    /// <summary>A deletion that was begun. Whatever breaks it off, the bucket is given back.</summary>
    private async ValueTask<BucketRemoval> RunAsync(BucketId bucket, AttemptId attempt)
    {
        BucketRemoval? outcome = null;
        try
        {
            outcome = await DecideAsync(bucket, attempt);
        }
        finally
        {
            if (outcome is null)
            {
                await AbandonAsync(bucket, attempt);
            }
        }

        Log.DeletionEnded(_logger, attempt.Value, bucket.Value, outcome.Value);
        return outcome.Value;
    }

    private async ValueTask<BucketRemoval> DecideAsync(BucketId bucket, AttemptId attempt)
    {
        if (await _claims.ClaimAllAsync(bucket, attempt, _stop.Token) is not { } map)
        {
            return await BackOutAsync(bucket, attempt, _stop.Token);
        }

        if (await _shards.FreezeAsync(bucket, map, attempt, _stop.Token) != FreezeOutcome.Frozen)
        {
            return await BackOutAsync(bucket, attempt, _stop.Token);
        }

        var (renewed, isOurs) = (_time.GetTimestamp(), true);
        if (await _shards.HaveObjectsAsync(bucket, map, frozen: true, GoOnAsync, _stop.Token))
        {
            await BackOutAsync(bucket, attempt, _stop.Token);
            return BucketRemoval.NotEmpty;
        }

        await _shards.NameAsync(bucket, map, attempt, GoOnAsync, _stop.Token);
        return isOurs && await _claims.DecideAsync(bucket, attempt, _stop.Token) is true ? BucketRemoval.Removed : BucketRemoval.Unknown;

        async ValueTask<bool> GoOnAsync()
        {
            if (isOurs && _time.GetElapsedTime(renewed) > _options.DeletionClaim / 4)
            {
                renewed = _time.GetTimestamp();
                isOurs = await _claims.RenewAsync(bucket, attempt, _stop.Token);
            }

            return isOurs;
        }
    }

    private async ValueTask<BucketRemoval> BackOutAsync(BucketId bucket, AttemptId attempt, CancellationToken cancellationToken)
    {
        if (await _claims.BackOutAsync(bucket, attempt, cancellationToken)
            && await _tables.ReadMapAsync(bucket, cancellationToken) is { State: BucketState.Live } map)
        {
            await _shards.ThawAsync(bucket, map, cancellationToken);
        }

        return BucketRemoval.Unknown;
    }

    private async ValueTask AbandonAsync(BucketId bucket, AttemptId attempt)
    {
        using var patience = new CancellationTokenSource(_options.Deadline, _time);
        try
        {
            await BackOutAsync(bucket, attempt, patience.Token);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            Log.ClaimLeft(_logger, attempt.Value, bucket.Value, _options.DeletionClaim.TotalSeconds);
        }
    }

    private bool IsOver(ShardMap map) => map.DeleterUntil is not { } until || until < _time.GetUtcNow();

    private static ValueTask<bool> GoOn() => ValueTask.FromResult(true);
}
