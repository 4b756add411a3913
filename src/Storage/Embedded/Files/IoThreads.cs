namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// Threads that wait for the disk, so that the thread pool does not: on few cores it would be empty with a few transfers under way.
/// </summary>
internal sealed class IoThreads : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action> _queue = [];
    private readonly int _maximum;
    private int _idle;
    private int _started;
    private bool _closed;

    public IoThreads(int maximum) => _maximum = maximum;

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Lets the threads finish what is queued and end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Post(Action work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _queue.Enqueue(work);
            if (_idle >= _queue.Count)
            {
                Monitor.Pulse(_gate);
            }
            else if (_started < _maximum)
            {
                _started++;
                new Thread(Loop) { IsBackground = true, Name = "blob I/O" }.Start();
            }
        }
    }

    private void Loop()
    {
        while (true)
        {
            Action? work;
            lock (_gate)
            {
                while (!_queue.TryDequeue(out work))
                {
                    if (_closed)
                    {
                        return;
                    }

                    _idle++;
                    Monitor.Wait(_gate);
                    _idle--;
                }
            }

            work();
        }
    }
}
