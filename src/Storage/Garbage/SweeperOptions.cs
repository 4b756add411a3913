namespace S3Cassandra.Storage.Garbage;

/// <summary>When the sweeper looks at what. The defaults are for a store whose writers are all in this process.</summary>
public sealed record SweeperOptions
{
    /// <summary>
    /// How old a blob that was begun must be before its reference is looked for. A store keeps those of its own live writers back; where
    /// other servers write to the same store, this must be longer than the longest upload.
    /// </summary>
    public TimeSpan WrittenGrace { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after a commit named it a released blob or an ended upload is looked at. Together with <see cref="SecondLook"/> this is
    /// the time that a reader has, from reading the row until it has pinned the blob.
    /// </summary>
    public TimeSpan ReleasedGrace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after a first look found no reference the second one follows, which frees.</summary>
    public TimeSpan SecondLook { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long what a commit was to release is looked at again, while it is still referred to.</summary>
    public TimeSpan Retire { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Between two passes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many suspects are looked at at once.</summary>
    public int Concurrency { get; init; } = 4;

    internal TimeSpan LeastGrace => WrittenGrace < ReleasedGrace ? WrittenGrace : ReleasedGrace;
}
