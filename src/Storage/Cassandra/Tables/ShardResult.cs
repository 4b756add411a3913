namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// What became of a conditional write on a shard. Where it did not apply: those statics that it had conditions on (null: there is no such
/// shard) and the rows with conditions that exist, without records and bodies.
/// </summary>
internal readonly record struct ShardResult(TableOutcome Outcome, ShardStatics? Statics = null, IReadOnlyList<ShardRow>? Rows = null)
{
    public static ShardResult Applied => new(TableOutcome.Applied);

    public static ShardResult Unknown => new(TableOutcome.Unknown);
}
