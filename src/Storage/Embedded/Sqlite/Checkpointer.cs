namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>
/// Keeps the write-ahead log short without a commit ever waiting for a long checkpoint. A thread with a connection of its own copies the
/// bulk while commits go on; since the log can only start over when all of it is copied, the writer's thread then copies the little that
/// came meanwhile, between two commits.
/// </summary>
internal sealed class Checkpointer : IAsyncDisposable
{
    private readonly int _threshold;
    private readonly StoreHealth _health;
    private readonly SqliteConnection _connection;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _copiedAt;
    private volatile State _state;
    private volatile bool _closing;

    /// <param name="database">The database's path.</param>
    /// <param name="threshold">Bytes of log that ask for a checkpoint.</param>
    /// <param name="health">Told when one fails.</param>
    public Checkpointer(string database, long threshold, StoreHealth health)
    {
        _threshold = (int)(threshold / Schema.PageSize);
        _health = health;
        _connection = SqliteConnection.Open(database, readOnly: false);
        _connection.Execute("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-256;");
        new Thread(Loop) { IsBackground = true, Name = "index checkpointer" }.Start();
    }

    private enum State
    {
        Idle,
        Copying,
        Copied,
    }

    /// <summary>Called by the writer's thread between transactions.</summary>
    public void AfterCommit(SqliteConnection writer)
    {
        switch (_state)
        {
            case State.Idle when unchecked(writer.PagesWritten() - _copiedAt) >= _threshold:
                _state = State.Copying;
                _wanted.Set();
                break;
            case State.Copied:
                // Where a reader on an old snapshot keeps the log from starting over, the next round tries again.
                Checkpoint(writer);
                _copiedAt = writer.PagesWritten();
                _state = State.Idle;
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _wanted.Set();
        await _ended.Task;
        _connection.Dispose();
        _wanted.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            _wanted.WaitOne();
            if (_closing)
            {
                _ended.SetResult();
                return;
            }

            Checkpoint(_connection);
            _state = State.Copied;
        }
    }

    private void Checkpoint(SqliteConnection connection)
    {
        try
        {
            connection.Checkpoint();
        }
        catch (SqliteException e) when (e.IsFull)
        {
            // The log keeps what it has; commits fail by themselves where it cannot grow.
        }
        catch (SqliteException e)
        {
            _health.Fail($"a checkpoint of the index failed: {e.Message}");
        }
    }
}
