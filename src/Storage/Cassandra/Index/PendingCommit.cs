using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>A commit in a shard's queue, and its answer.</summary>
internal sealed class PendingCommit : TaskCompletionSource<CommitAnswer>
{
    public PendingCommit(IndexCommit commit, IReadOnlyList<NamedSuspicion>? named)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Commit = commit;
        Named = named;
        Started = (commit.Started - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var write in commit.Writes)
        {
            Bytes += commit.Key.Length + write.Record.Length + write.Body.Length + Tally.RowOverhead;
        }
    }

    public IndexCommit Commit { get; }

    /// <summary>In microseconds since 1970.</summary>
    public long Started { get; }

    /// <summary>About what it adds to a batch.</summary>
    public int Bytes { get; }

    /// <summary>What was named of what it releases; null: nothing yet.</summary>
    public IReadOnlyList<NamedSuspicion>? Named { get; set; }

    public bool HasToName => Named is null && (Commit.Releases.Count > 0 || Commit.EndsUpload is not null);

    /// <summary>Whether the caller has its answer. A commit that waits then waits no more, one under way goes to its end.</summary>
    public bool IsOver => Task.IsCompleted;

    public void Answer(CommitOutcome outcome) => TrySetResult(new CommitAnswer(outcome));

    /// <summary>A condition did not hold: with the current rows, or with where they are to be read.</summary>
    public void AnswerChanged(KeyRows? current, RefusedKey refused) =>
        TrySetResult(new CommitAnswer(CommitOutcome.RowsChanged, current, refused));

    /// <summary>The map names no such shard any more: null where the bucket is gone.</summary>
    public void AnswerMoved(ShardMap? map) =>
        TrySetResult(map is null ? new CommitAnswer(CommitOutcome.BucketGone) : new CommitAnswer(null, Map: map));
}
