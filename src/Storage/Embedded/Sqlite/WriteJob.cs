namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Something for the writer thread to do inside its transaction, shared with whatever else waits.</summary>
internal abstract class WriteJob
{
    /// <summary>About how many bytes it adds to the log; bounds a transaction.</summary>
    public int Size { get; protected init; }

    /// <summary>Does it, and keeps the result for <see cref="Complete"/>; may be called again after a rollback.</summary>
    public abstract void Execute(SqliteWriter writer);

    /// <summary>The transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Nothing of it took effect.</summary>
    public abstract void Fail(Exception reason);

    /// <summary>It may have taken effect: the transaction's end failed.</summary>
    public abstract void CompleteUnknown(StoreUnavailableException reason);
}
