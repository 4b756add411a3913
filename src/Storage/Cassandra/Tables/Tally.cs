namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// What one server's commits added to a shard, or what a copy began with: rows, bytes of keys, records and bodies, and rows deleted
/// (tombstones). Bytes of what was replaced or deleted are guessed, so sums only ask for a replacement, which counts.
/// </summary>
internal readonly record struct Tally(long Rows, long Bytes, long Deletes)
{
    /// <summary>What a row takes beside its key, record and body, about.</summary>
    public const int RowOverhead = 100;

    public static long BytesOf(in ShardRow row) => row.Key.Length + row.Row.Record.Length + row.Row.Body.Length + RowOverhead;

    public static Tally operator +(Tally left, Tally right) =>
        new(left.Rows + right.Rows, left.Bytes + right.Bytes, left.Deletes + right.Deletes);
}
