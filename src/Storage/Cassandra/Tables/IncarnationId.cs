namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>One life of a server's process. Its 16 bytes are its key in a shard's <c>done</c> and <c>tally</c> maps.</summary>
internal readonly record struct IncarnationId(Guid Value)
{
    public static IncarnationId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
