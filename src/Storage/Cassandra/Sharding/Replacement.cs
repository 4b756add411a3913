using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A replacement that ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Parents">The shards that were to be replaced.</param>
/// <param name="Children">What was made to replace them.</param>
/// <param name="Rows">Rows copied.</param>
/// <param name="Frozen">How long writers waited.</param>
internal sealed record Replacement(
    ReplacementOutcome Outcome,
    IReadOnlyList<ShardId> Parents,
    IReadOnlyList<ShardId> Children,
    long Rows = 0,
    TimeSpan Frozen = default)
{
    public static Replacement None(ReplacementOutcome outcome) => new(outcome, [], []);
}
