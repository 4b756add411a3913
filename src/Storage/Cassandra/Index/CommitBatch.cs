using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>Commits that go in one batch: of one epoch, each of another key.</summary>
/// <param name="Commits">The commits.</param>
/// <param name="Behind">Commits on the same keys, which were there when the batch was made and wait for it.</param>
internal sealed record CommitBatch(List<PendingCommit> Commits, List<PendingCommit> Behind)
{
    public int Epoch => Commits[0].Commit.Epoch;

    /// <summary>The oldest upload that it refers to.</summary>
    public long Started => Commits.Min(pending => pending.Started);

    public IndexCommit[] Changes => [.. Commits.Select(pending => pending.Commit)];

    /// <summary>Takes the next batch out of what waits; empty where nothing does. Answered commits are dropped.</summary>
    public static CommitBatch Take(List<PendingCommit> waiting, int mostCommits, int mostBytes)
    {
        var batch = new CommitBatch([], []);
        if (waiting.Count == 0)
        {
            return batch;
        }

        var keys = new HashSet<ObjectKey>(Math.Min(waiting.Count, mostCommits));
        var (kept, bytes) = (0, 0);
        for (var i = 0; i < waiting.Count; i++)
        {
            var pending = waiting[i];
            if (pending.IsOver)
            {
                continue;
            }

            if (batch.Fits(pending, bytes, mostCommits, mostBytes) && keys.Add(pending.Commit.Key))
            {
                batch.Commits.Add(pending);
                bytes += pending.Bytes;
                continue;
            }

            if (keys.Contains(pending.Commit.Key))
            {
                batch.Behind.Add(pending);
            }

            waiting[kept++] = pending;
        }

        waiting.RemoveRange(kept, waiting.Count - kept);
        return batch;
    }

    private bool Fits(PendingCommit pending, int bytes, int mostCommits, int mostBytes) =>
        Commits.Count == 0 || (Commits.Count < mostCommits && bytes + pending.Bytes <= mostBytes && pending.Commit.Epoch == Epoch);
}
