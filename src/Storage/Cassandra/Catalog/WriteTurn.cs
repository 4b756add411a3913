namespace S3Cassandra.Storage.Cassandra.Catalog;

/// <summary>Whose turn it is to write a kind of records, and the last number as far as this process knows.</summary>
internal sealed class WriteTurn : IDisposable
{
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Right, or refused by Cassandra. Null: to be asked.</summary>
    public long? Last { get; set; }

    public void Dispose() => Gate.Dispose();
}
