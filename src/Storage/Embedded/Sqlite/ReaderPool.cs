using System.Collections.Concurrent;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Connections that only read. A read runs on its caller's thread: it takes about 10 µs, less than handing it to another would.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int MaxIdle = 16;

    private readonly ConcurrentStack<SqliteReader> _idle = [];
    private volatile bool _closed;

    /// <exception cref="CorruptDataException">The database or a row is damaged.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteReader, TArgument, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        SqliteReader? reader = null;
        try
        {
            if (!_idle.TryPop(out reader))
            {
                reader = new SqliteReader(path);
            }

            var result = read(reader, argument);
            Return(reader);
            return result;
        }
        catch (SqliteException e)
        {
            reader?.Dispose();
            throw e.ForReader();
        }
        catch
        {
            // It may stand in the middle of a statement or transaction.
            reader?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private void Return(SqliteReader reader)
    {
        if (_closed || _idle.Count >= MaxIdle)
        {
            reader.Dispose();
        }
        else
        {
            _idle.Push(reader);
        }
    }
}
