using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>A read of a shard: rows of one key, or a slice.</summary>
internal readonly record struct ShardAsk(ShardRead Rows, ShardSlice? Slice = null)
{
    /// <summary>The key whose shard is asked.</summary>
    public ReadOnlyMemory<byte> Key => Slice is { } slice ? slice.From : Rows.Key;
}
