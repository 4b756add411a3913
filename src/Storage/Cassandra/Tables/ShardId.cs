namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>The id of a shard: a partition of <c>object_index</c> that holds one range of a bucket's keys, which never changes. Never used again.</summary>
internal readonly record struct ShardId(Guid Value)
{
    public static ShardId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
