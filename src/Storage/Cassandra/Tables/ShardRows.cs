namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// What one read of a shard found: its statics as they were with, or after, the rows (null: there is no such shard), and the rows in
/// (section, key, suffix) order. Disposing it gives pooled memory back that the rows may point into.
/// </summary>
/// <param name="statics">The static columns.</param>
/// <param name="rows">The rows.</param>
/// <param name="memory">What the rows point into, if that is pooled.</param>
internal sealed class ShardRows(ShardStatics? statics, IReadOnlyList<ShardRow> rows, IDisposable? memory = null) : IDisposable
{
    public ShardStatics? Statics => statics;

    public IReadOnlyList<ShardRow> Rows => rows;

    public void Dispose() => memory?.Dispose();
}
