using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A claim that was seen to stand on the map.</summary>
/// <param name="attempt">Whose it is. Made for this claim, and put on the map by one write that was sent once.</param>
/// <param name="entries">The entries as claimed, neighbours in order.</param>
/// <param name="renewed">When it was last renewed, as a timestamp of the clock.</param>
internal sealed class ShardClaim(AttemptId attempt, IReadOnlyList<MapEntry> entries, long renewed)
{
    public AttemptId Attempt => attempt;

    public IReadOnlyList<MapEntry> Entries => entries;

    public long Renewed { get; set; } = renewed;

    /// <summary>Whether a map shows it on all its entries.</summary>
    public bool StandsIn(ShardMap map) => entries.All(entry => map.Find(entry.Shard)?.Attempt == attempt);
}
