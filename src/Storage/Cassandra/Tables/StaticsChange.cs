namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// A conditional change of a shard's static columns alone. What is null is not asked, and not set. A shard that does not exist satisfies none.
/// </summary>
internal sealed record StaticsChange
{
    /// <summary>Condition: one of these states.</summary>
    public required IReadOnlyList<ShardState> IfState { get; init; }

    /// <summary>Condition: frozen by this attempt.</summary>
    public AttemptId? IfAttempt { get; init; }

    /// <summary>Condition: at this epoch.</summary>
    public int? IfEpoch { get; init; }

    /// <summary>Condition: the sweeper's fence lies below this.</summary>
    public long? IfMinUploadBelow { get; init; }

    /// <summary>Condition: this server's entry in <c>done</c> is that number, or, with null, is missing.</summary>
    public (IncarnationId Server, long? Number)? IfDone { get; init; }

    public ShardState? State { get; init; }

    public AttemptId? Attempt { get; init; }

    public int? Epoch { get; init; }

    public long? MinUpload { get; init; }

    public (IncarnationId Server, long Number)? Done { get; init; }
}
