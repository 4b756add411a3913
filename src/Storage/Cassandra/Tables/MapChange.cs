namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// One conditional batch on a bucket's map. Conditions that are null are not asked; a map that does not exist satisfies none but
/// <see cref="IfAbsent"/>. An entry in <see cref="Put"/> replaces the one at the same key in place; none occurs in both
/// <see cref="Put"/> and <see cref="Remove"/>.
/// </summary>
internal sealed record MapChange
{
    /// <summary>Condition: the bucket has no map yet.</summary>
    public bool IfAbsent { get; init; }

    public BucketState? IfState { get; init; }

    public int? IfEpoch { get; init; }

    public int? IfEpochDone { get; init; }

    public AttemptId? IfDeleter { get; init; }

    public IReadOnlyList<EntryCondition> IfEntries { get; init; } = [];

    public BucketState? State { get; init; }

    public int? Epoch { get; init; }

    public int? EpochDone { get; init; }

    /// <summary>A new deleter, with the moment from which it may be taken over.</summary>
    public (AttemptId Attempt, DateTimeOffset Until)? Deleter { get; init; }

    public IReadOnlyList<MapEntry> Put { get; init; } = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Remove { get; init; } = [];
}
