namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>A rare write, given as a function of the writer. <paramref name="unknown"/> is its result where its outcome cannot be told.</summary>
internal sealed class DelegateJob<T>(Func<SqliteWriter, T> run, Func<T>? unknown = null) : WriteJobOf<T>
{
    public override void CompleteUnknown(StoreUnavailableException reason)
    {
        if (unknown is null)
        {
            base.CompleteUnknown(reason);
        }
        else
        {
            CompleteWith(unknown());
        }
    }

    protected override T Run(SqliteWriter writer) => run(writer);
}
