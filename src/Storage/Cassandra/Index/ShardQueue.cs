using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>
/// This server's commits on one shard. One batch is under way; what arrives meanwhile is the next one. A batch of unknown outcome is
/// settled before another is sent.
/// </summary>
internal sealed class ShardQueue
{
    private readonly BucketId _bucket;
    private readonly ShardId _shard;
    private readonly CommitContext _context;
    private readonly ShardFence _fence;
    private readonly ShardTally _tally;
    private readonly Settlement _settlement;
    private readonly CancellationToken _stopping;
    private readonly Lock _gate = new();
    private readonly List<PendingCommit> _waiting = [];
    private bool _isClosed;
    private bool _isRunning;
    private int _mostCommits;
    private TimeSpan _pause;

    public ShardQueue(BucketId bucket, ShardId shard, CommitContext context, CancellationToken stopping)
    {
        (_bucket, _shard, _context, _stopping) = (bucket, shard, context, stopping);
        _fence = new ShardFence(context.Options.Server);
        _tally = new ShardTally(context.Limits, context.Options, context.Time);
        _settlement = new Settlement(context.Tables, context.Options, context.Time);
        _mostCommits = context.Options.BatchCommits;
        _pause = context.Options.FirstPause;
    }

    public ShardId Shard => _shard;

    /// <summary>Ends when nothing waits or is under way; a settlement is.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Queues a commit; false where the queue was closed: ask for another one.</summary>
    public bool TryAdd(PendingCommit pending)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _waiting.Add(pending);
            if (_isRunning)
            {
                return true;
            }

            _isRunning = true;
        }

        // The loop serves whoever comes next as well: nothing of this caller's context is to flow into it.
        if (ExecutionContext.IsFlowSuppressed())
        {
            Work = RunAsync();
            return true;
        }

        using (ExecutionContext.SuppressFlow())
        {
            Work = RunAsync();
        }

        return true;
    }

    /// <summary>Closes the queue if it is idle. What it knew of its entry is read anew by the next one.</summary>
    public bool TryClose()
    {
        lock (_gate)
        {
            _isClosed |= !_isRunning;
            return _isClosed;
        }
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                await RunAsync(batch);
            }
            catch (OperationCanceledException)
            {
                AnswerAll(batch, static pending => pending.Answer(CommitOutcome.Unknown));
            }
            catch (StoreUnavailableException exception)
            {
                AnswerAll(batch, pending => pending.TrySetException(exception));
            }
            catch (Exception exception)
            {
                // A defect. Nobody may wait for ever, and the entry is read again.
                Log.BatchFailed(_context.Logger, exception, _bucket.Value, _shard.Value);
                _fence.Forget();
                AnswerAll(batch, static pending => pending.Answer(CommitOutcome.Unknown));
            }
        }
    }

    private CommitBatch? Take()
    {
        lock (_gate)
        {
            var batch = CommitBatch.Take(_waiting, _mostCommits, _context.Options.BatchBytes);
            if (batch.Commits.Count > 0)
            {
                return batch;
            }

            _isRunning = false;
            return null;
        }
    }

    private void PutBack(IEnumerable<PendingCommit> commits)
    {
        lock (_gate)
        {
            _waiting.InsertRange(0, commits);
        }
    }

    private static void AnswerAll(CommitBatch batch, Action<PendingCommit> answer) => batch.Commits.ForEach(answer);

    private async ValueTask RunAsync(CommitBatch batch)
    {
        if (!_fence.IsKnown || _tally.IsStale)
        {
            var statics = await _context.Tables.ReadStaticsAsync(_bucket, _shard, _stopping);
            if (statics is not { State: ShardState.Active })
            {
                await RecoverAsync(batch, statics);
                return;
            }

            _fence.Learn(statics);
            _tally.Learn(statics);
        }

        await NameAsync(batch);
        await SendAsync(batch);
    }

    /// <summary>Whatever the batch unreferences is named as a suspect, durably, before the batch can.</summary>
    private async ValueTask NameAsync(CommitBatch batch)
    {
        List<(PendingCommit Commit, Suspicion Suspicion)> all = [];
        foreach (var pending in batch.Commits)
        {
            if (pending.HasToName)
            {
                all.AddRange(Suspicions.Of(pending.Commit).Select(suspicion => (pending, suspicion)));
            }
        }

        if (all.Count == 0)
        {
            return;
        }

        var named = await _context.Suspects.NameAsync([.. all.Select(each => each.Suspicion)], _stopping);
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Commit.Named = [.. all[i].Commit.Named ?? [], named[i]];
        }
    }

    private async ValueTask SendAsync(CommitBatch batch)
    {
        var (previous, number, changes) = (_fence.Previous, _fence.Next, batch.Changes);
        var tally = _tally.After(changes);
        var sent = new ShardBatch(_context.Options.Server, batch.Epoch, previous, number, batch.Started, tally, changes);
        CrashPoint.Hit("index-before-commit");
        var result = await _context.Tables.CommitAsync(_bucket, _shard, sent, CancellationToken.None);
        CrashPoint.Hit("index-after-commit");
        if (result.Outcome == TableOutcome.NotApplied)
        {
            await RefusedAsync(batch, previous, result);
            return;
        }

        var settled = SettledAs.Applied;
        if (result.Outcome == TableOutcome.Unknown)
        {
            Log.OutcomeUnknown(_context.Logger, _bucket.Value, _shard.Value, number, changes.Length);
            _fence.Forget();
            settled = await _settlement.SettleAsync(_bucket, _shard, previous, number, _stopping);
            Log.Settled(_context.Logger, _bucket.Value, _shard.Value, number, settled);
        }

        switch (settled)
        {
            case SettledAs.Applied:
                _fence.Set(number);
                Applied(batch, tally, changes);
                break;
            case SettledAs.Forbidden:
                _fence.Set(-number);
                PutBack(batch.Commits);
                break;
            default:
                AnswerAll(batch, static pending => pending.Answer(CommitOutcome.Unknown));
                break;
        }
    }

    private void Applied(CommitBatch batch, Tally tally, IndexCommit[] changes)
    {
        _tally.Applied(tally, changes);
        if (_tally.Suggestion() is { } reason)
        {
            _context.Replacer.Suggest(_bucket, _shard, reason);
        }

        AnswerAll(batch, static pending => pending.Answer(CommitOutcome.Applied));
        foreach (var behind in batch.Behind)
        {
            var applied = Array.Find(changes, change => change.Key == behind.Commit.Key)!;
            if (KnownRows.Refuses(applied, behind.Commit))
            {
                var refused = new RefusedKey(_bucket, behind.Commit.Key);
                refused.Add(behind.Commit);
                behind.AnswerChanged(KnownRows.Current(applied, behind.Commit), refused);
            }
        }

        _mostCommits = Math.Min(_mostCommits * 2, _context.Options.BatchCommits);
        _pause = _context.Options.FirstPause;
    }

    private async ValueTask RefusedAsync(CommitBatch batch, long? previous, ShardResult result)
    {
        if (result.Statics is not { State: ShardState.Active } statics)
        {
            // A refusal does not show whose freeze it is.
            _fence.Forget();
            await RecoverAsync(batch, result.Statics is { State: ShardState.Born } ? result.Statics : null);
            return;
        }

        if (_fence.Of(statics) != previous)
        {
            _fence.Forget();
            PutBack(batch.Commits);
        }
        else if (statics.Epoch != batch.Epoch)
        {
            AnswerAll(batch, static pending => pending.Answer(CommitOutcome.EpochChanged));
        }
        else if (statics.MinUpload > batch.Started)
        {
            batch.Commits.FindAll(pending => pending.Started < statics.MinUpload)
                .ForEach(static pending => pending.Answer(CommitOutcome.Fenced));
            PutBack(batch.Commits.Where(pending => !pending.IsOver));
        }
        else
        {
            RowsChanged(batch, result.Rows ?? []);
        }
    }

    /// <summary>Those whose conditions did not hold are refused, those behind them too; the others go again, fewer at once.</summary>
    private void RowsChanged(CommitBatch batch, IReadOnlyList<ShardRow> rows)
    {
        var found = RefusedRows.Of(rows);
        foreach (var first in batch.Commits.FindAll(pending => found.Refuse(pending.Commit)))
        {
            var behind = batch.Behind.FindAll(other => other.Commit.Key == first.Commit.Key && found.Contradict(other.Commit));
            var refused = new RefusedKey(_bucket, first.Commit.Key);
            behind.Add(first);
            behind.ForEach(pending => refused.Add(pending.Commit));
            behind.ForEach(pending => pending.AnswerChanged(null, refused));
        }

        _mostCommits = Math.Max(1, batch.Commits.Count / 2);
        PutBack(batch.Commits.Where(pending => !pending.IsOver));
    }

    private async ValueTask RecoverAsync(CommitBatch batch, ShardStatics? seen)
    {
        var (status, map) = await _context.Recovery.RecoverAsync(_bucket, _shard, seen, _stopping);
        _context.Maps.Note(_bucket, map);
        switch (status)
        {
            case RecoveryStatus.Moved or RecoveryStatus.BucketGone:
                Close(batch, map);
                break;
            case RecoveryStatus.Held:
                PutBack(batch.Commits);
                await Task.Delay(_pause, _context.Time, _stopping);
                _pause = _pause * 2 < _context.Options.LongestPause ? _pause * 2 : _context.Options.LongestPause;
                break;
            default:
                PutBack(batch.Commits);
                break;
        }
    }

    /// <summary>The map names this shard no more: everything that waits goes elsewhere.</summary>
    private void Close(CommitBatch batch, ShardMap? map)
    {
        List<PendingCommit> all;
        lock (_gate)
        {
            _isClosed = true;
            all = [.. batch.Commits, .. _waiting];
            _waiting.Clear();
        }

        all.ForEach(pending => pending.AnswerMoved(map));
    }
}
