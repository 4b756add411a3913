namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>
/// The one thread that writes to the database. Everything that waits when it is free again becomes one transaction, so that many commits
/// share one fsync; each decides for itself, inside it, whether its conditions hold.
/// </summary>
internal sealed class WriterThread : IAsyncDisposable
{
    private const int MaxBatch = 1024;
    private const int MaxBatchBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<WriteJob> _waiting = [];
    private readonly SemaphoreSlim _room;
    private readonly AutoResetEvent _work = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteWriter _writer;
    private readonly StoreHealth _health;
    private readonly Checkpointer _checkpointer;
    private bool _closing;

    public WriterThread(SqliteWriter writer, StoreHealth health, Checkpointer checkpointer, int queueLength)
    {
        _writer = writer;
        _health = health;
        _checkpointer = checkpointer;
        _room = new SemaphoreSlim(queueLength);
        new Thread(Loop) { IsBackground = true, Name = "index writer" }.Start();
    }

    /// <summary>Queues a job and waits for its result. Once queued it runs to its end, whatever the token says: its outcome must be known.</summary>
    public async ValueTask<T> RunAsync<T>(WriteJobOf<T> job, CancellationToken cancellationToken)
    {
        _health.ThrowIfFailed();
        await _room.WaitAsync(cancellationToken);
        try
        {
            Post(job);
            return await job.Task;
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>Finishes what was queued, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
        }

        _work.Set();
        await _ended.Task;
        _work.Dispose();
        _room.Dispose();
    }

    private void Post(WriteJob job)
    {
        bool first;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            first = _waiting.Count == 0;
            _waiting.Enqueue(job);
        }

        // One wake-up per batch: the thread takes all that waits.
        if (first)
        {
            _work.Set();
        }
    }

    private void Loop()
    {
        var batch = new List<WriteJob>();
        try
        {
            while (TakeBatch(batch))
            {
                RunBatch(batch);
                batch.Clear();
                _checkpointer.AfterCommit(_writer.Connection);
            }

            _ended.SetResult();
        }
        catch (Exception e)
        {
            // Nothing may be lost silently: whoever waits or comes later is told that the store ended.
            var failure = _health.Fail($"the index writer ended: {e.Message}");
            FailAll(batch, failure);
            _ended.SetResult();
        }
    }

    /// <summary>Waits for work; false when closing and all is done.</summary>
    private bool TakeBatch(List<WriteJob> batch)
    {
        while (true)
        {
            lock (_gate)
            {
                var bytes = 0;
                while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.TryDequeue(out var job))
                {
                    batch.Add(job);
                    bytes += job.Size;
                }

                if (batch.Count > 0)
                {
                    return true;
                }

                if (_closing)
                {
                    return false;
                }
            }

            _work.WaitOne();
        }
    }

    private void RunBatch(List<WriteJob> batch)
    {
        if (_health.Failure is not null)
        {
            FailAll(batch, _health.Fail(_health.Failure));
            return;
        }

        if (TryRun(batch))
        {
            return;
        }

        // The device is full, or one of them met a damaged row: the others may still get through, each for itself.
        foreach (var job in batch)
        {
            TryRun([job]);
        }
    }

    /// <summary>Runs one transaction and tells its jobs; false, and nobody told, if they should be tried one by one.</summary>
    private bool TryRun(List<WriteJob> jobs)
    {
        var committing = false;
        try
        {
            _writer.Begin();
            foreach (var job in jobs)
            {
                job.Execute(_writer);
            }

            committing = true;
            CrashPoint.Hit("index-before-commit");
            _writer.Commit();
            CrashPoint.Hit("index-after-commit");
        }
        catch (Exception e) when (e is CorruptDataException or SqliteException { IsFull: true })
        {
            _writer.Rollback();
            if (jobs.Count == 1)
            {
                FailAll(jobs, e is CorruptDataException ? e : new StoreFullException("No space left for the index.", e));
            }

            return jobs.Count == 1;
        }
        catch (SqliteException e)
        {
            var failure = _health.Fail($"the index cannot be written: {e.Message}");
            TryRollback();
            foreach (var job in jobs)
            {
                if (committing)
                {
                    job.CompleteUnknown(failure);
                }
                else
                {
                    job.Fail(failure);
                }
            }

            return true;
        }

        foreach (var job in jobs)
        {
            job.Complete();
        }

        return true;
    }

    private void TryRollback()
    {
        try
        {
            _writer.Rollback();
        }
        catch (SqliteException)
        {
            // The store is read-only from here on; opening it again recovers from the log.
        }
    }

    private static void FailAll(List<WriteJob> jobs, Exception failure)
    {
        foreach (var job in jobs)
        {
            job.Fail(failure);
        }
    }
}
