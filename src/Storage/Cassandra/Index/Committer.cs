using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>Brings a commit to the queue of its key's shard, and to that of another one where the map has changed, until it has an answer.</summary>
internal sealed class Committer(
    ShardMaps maps, ShardQueues queues, KeyReader reader, ISuspectTable suspects, IndexOptions options, TimeProvider time)
{
    public async ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var map = await maps.HintAsync(commit.Bucket, cancellationToken);
        IReadOnlyList<NamedSuspicion>? named = null;
        while (map is not null)
        {
            var pending = new PendingCommit(commit, named);
            queues.Add(commit.Bucket, map.EntryOf(commit.Key.Span).Shard, pending);
            var answer = await WaitAsync(pending, begun, cancellationToken);
            named = pending.Named;
            if (answer.Outcome is not null)
            {
                return await EndAsync(commit, named, answer, cancellationToken);
            }

            map = answer.Map;
        }

        return await EndAsync(commit, named, new CommitAnswer(CommitOutcome.BucketGone), cancellationToken);
    }

    /// <summary>The answer, or Unknown once the deadline is over; a commit that only waits then, or whose caller gave up, is dropped.</summary>
    private async ValueTask<CommitAnswer> WaitAsync(PendingCommit pending, long begun, CancellationToken cancellationToken)
    {
        var left = options.Deadline - time.GetElapsedTime(begun);
        await using var late = time.CreateTimer(
            static state => ((PendingCommit)state!).Answer(CommitOutcome.Unknown),
            pending,
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        await using var abandoned = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingCommit)state!).TrySetCanceled(token), pending);
        return await pending.Task;
    }

    private async ValueTask<CommitResult> EndAsync(
        IndexCommit commit, IReadOnlyList<NamedSuspicion>? named, CommitAnswer answer, CancellationToken cancellationToken)
    {
        var outcome = answer.Outcome!.Value;
        if (named is not null && outcome is not CommitOutcome.Applied and not CommitOutcome.Unknown)
        {
            await ClearAsync(named, cancellationToken);
        }

        if (answer.Refused is not { } refused || answer.Current is not null)
        {
            return new CommitResult(outcome, answer.Current);
        }

        return await refused.ReadAsync(reader, commit, cancellationToken) is { } rows
            ? new CommitResult(outcome, rows)
            : new CommitResult(CommitOutcome.BucketGone);
    }

    /// <summary>The commit never applies, so it makes garbage of nothing. A suspicion that stays costs a sweeper one look.</summary>
    private async ValueTask ClearAsync(IReadOnlyList<NamedSuspicion> named, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var naming in named)
            {
                await suspects.ClearAsync(naming, cancellationToken);
            }
        }
        catch (StoreUnavailableException)
        {
        }
    }
}
