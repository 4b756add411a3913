namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// What became of a conditional write on a shard. Where it did not apply: the statics (null: there is no such shard) and the rows with
/// conditions that exist, without records and bodies. A batch shows those statics that it had conditions on, as they were when it was refused;
/// a change of statics all of them, as they were read after it.
/// </summary>
internal readonly record struct ShardResult(TableOutcome Outcome, ShardStatics? Statics = null, IReadOnlyList<ShardRow>? Rows = null)
{
    public static ShardResult Applied => new(TableOutcome.Applied);

    public static ShardResult Unknown => new(TableOutcome.Unknown);
}
