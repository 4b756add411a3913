namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>The id of one attempt to replace shards, or to delete a bucket: what a claim, a freeze and a decision name. Never used again.</summary>
internal readonly record struct AttemptId(Guid Value)
{
    public static AttemptId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
