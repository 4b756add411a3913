namespace S3Cassandra.Storage.Index;

/// <summary>What became of a commit.</summary>
public enum CommitOutcome
{
    /// <summary>All of it took effect, durably.</summary>
    Applied,

    /// <summary>Nothing took effect: a condition did not hold. The result carries the rows that the conditions named.</summary>
    RowsChanged,

    /// <summary>Nothing took effect: the bucket's configuration is at another epoch.</summary>
    EpochChanged,

    /// <summary>Nothing took effect: the bucket is gone.</summary>
    BucketGone,

    /// <summary>Nothing took effect: the sweeper's fence is past <see cref="IndexCommit.Started"/>.</summary>
    Fenced,

    /// <summary>It may have taken effect or may yet; nothing that it refers to or releases may be freed before a sweeper has settled it.</summary>
    Unknown,
}
