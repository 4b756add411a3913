namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// Syncs one directory for all who ask: those who come while a sync runs share the next one, which begins after they asked.
/// </summary>
internal sealed class DirectorySync(string path, IoThreads threads)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<int>? _next;
    private bool _running;

    /// <returns>0 or the error.</returns>
    public Task<int> RunAsync()
    {
        lock (_gate)
        {
            _next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            var mine = _next.Task;
            if (!_running)
            {
                _running = true;
                _ = threads.RunAsync(Loop);
            }

            return mine;
        }
    }

    private bool Loop()
    {
        while (true)
        {
            TaskCompletionSource<int> round;
            lock (_gate)
            {
                if (_next is null)
                {
                    _running = false;
                    return true;
                }

                round = _next;
                _next = null;
            }

            round.SetResult(Posix.SyncDirectory(path));
        }
    }
}
