using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>When a shard should be replaced, by its statics alone; and how full it is.</summary>
internal sealed class ShardPolicy(ShardingOptions options)
{
    /// <summary>Why this shard should be replaced, or null. Small ones among others count as small.</summary>
    public ReplacementReason? ReasonOf(ShardStatics statics)
    {
        var total = statics.Total;
        return total switch
        {
            _ when Fullness(total.Rows, total.Bytes) > 1 => ReplacementReason.Size,
            _ when total.Deletes > options.RewriteDeletes => ReplacementReason.Deletes,
            _ when statics.Done.Count > options.RewriteFences => ReplacementReason.Fences,
            _ when AreSmall(total.Rows * 2, total.Bytes * 2) => ReplacementReason.Small,
            _ => null,
        };
    }

    /// <summary>Of the limits; above 1 it is to be split.</summary>
    public double Fullness(long rows, long bytes) => Math.Max(rows / (double)options.SplitRows, bytes / (double)options.SplitBytes);

    /// <summary>Whether this is little enough for one shard that is made of several.</summary>
    public bool AreSmall(long rows, long bytes) => rows < options.MergeRows && bytes < options.SplitBytes / 4;
}
