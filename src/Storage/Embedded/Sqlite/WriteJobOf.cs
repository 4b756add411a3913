namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>A write with a result.</summary>
internal abstract class WriteJobOf<T> : WriteJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public sealed override void Execute(SqliteWriter writer) => _result = Run(writer);

    public sealed override void Complete() => _done.TrySetResult(_result!);

    public sealed override void Fail(Exception reason) => _done.TrySetException(reason);

    public override void CompleteUnknown(StoreUnavailableException reason) => _done.TrySetException(reason);

    protected abstract T Run(SqliteWriter writer);

    protected void CompleteWith(T result) => _done.TrySetResult(result);
}
