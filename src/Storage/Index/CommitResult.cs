namespace S3Cassandra.Storage.Index;

/// <summary>The outcome of a commit, with the current rows (heads and every conditioned row, without bodies) where conditions failed.</summary>
public readonly record struct CommitResult(CommitOutcome Outcome, KeyRows? Current = null)
{
    public static CommitResult Applied => new(CommitOutcome.Applied);
}
