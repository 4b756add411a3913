namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// The partitions that an hour of suspects is spread over, and what sweepers share out among themselves. Shards have one of their own, for
/// they are few among very many.
/// </summary>
internal static class SuspectSlots
{
    public const int Shard = 16;

    /// <summary>Those of blobs and uploads.</summary>
    public static IReadOnlyList<int> Bodies { get; } = [.. Enumerable.Range(0, Shard)];

    public static IReadOnlyList<int> Shards { get; } = [Shard];

    /// <summary>Where a naming stands. Namings of one call mostly share a slot, so that they are one write.</summary>
    public static int Of(SuspicionKind kind, DateTimeOffset named) =>
        kind == SuspicionKind.Shard ? Shard : (int)(((ulong)(named.UtcTicks >> 12) * 0x9E3779B97F4A7C15) >> 60);
}
