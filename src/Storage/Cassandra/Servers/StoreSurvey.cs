namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>The store as it was found, for those who run it. Counts are of rows read one after the other while others wrote.</summary>
public sealed record StoreSurvey
{
    public required IReadOnlyList<NodeState> Nodes { get; init; }

    /// <summary>Settings of nodes that do not go with this store, with their nodes.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    public required IReadOnlyList<LiveServer> Servers { get; init; }

    public required MapSurvey Maps { get; init; }

    public required GarbageSurvey Garbage { get; init; }
}
